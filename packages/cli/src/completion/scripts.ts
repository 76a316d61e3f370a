/** What shells evaluate. Each asks `flowerpower __complete` for what may follow the words up to the cursor. */

import type { Shell } from './shells.js';

// In these texts § is the $ of a shell, which a template would take for its own.

const bash = `# flowerpower completion bash; for every new shell, put this line into ~/.bashrc:
#   source <(flowerpower completion bash)
_flowerpower() {
  local line value current="$2"
  # Bash takes "=" for a word of its own.
  [[ $current == "=" ]] && current=""
  COMPREPLY=()
  while IFS= read -r line; do
    value="§{line%%  -- *}"
    [[ -n $value && $value == "$current"* ]] && COMPREPLY+=("$value")
  done < <("$1" __complete -- "§{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  # A folder is the beginning of a longer path.
  [[ §{#COMPREPLY[@]} -eq 1 && $COMPREPLY == */ ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _flowerpower flowerpower fp
`;

const zsh = `#compdef flowerpower fp
# flowerpower completion zsh; for every new shell, put this line into ~/.zshrc, below compinit:
#   source <(flowerpower completion zsh)
_flowerpower() {
  local -a values shown folders
  local line value
  while IFS= read -r line; do
    value="§{line%%  -- *}"
    if [[ $value == */ ]]; then
      folders+=("$value")
    else
      values+=("$value")
      shown+=("$line")
    fi
  done < <("$words[1]" __complete -- "§{(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#values )) && compadd -l -d shown -a values
  (( $#folders )) && compadd -S '' -a folders
}
if [[ $funcstack[1] == _flowerpower ]]; then _flowerpower "$@"; else compdef _flowerpower flowerpower fp; fi
`;

const fish = `# flowerpower completion fish; for every new shell, put this line into ~/.config/fish/config.fish:
#   flowerpower completion fish | source
function __flowerpower_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    $words[1] __complete -- $words[2..-1] "$current" 2>/dev/null | string replace '  -- ' \\t
end
complete -c flowerpower -f -a '(__flowerpower_complete)'
complete -c fp -f -a '(__flowerpower_complete)'
`;

const pwsh = `# flowerpower completion pwsh; for every new shell, put this line into $PROFILE:
#   flowerpower completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName flowerpower, fp -ScriptBlock {
  param($word, $line, $cursor)
  $before = $line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() }
  $program, $words = @($before)
  # An empty word is lost on its way to a program.
  $blank = if ($word -eq '') { @('--blank') } else { @() }
  $current = if ($word -eq '') { @() } else { @($word) }
  & $program __complete @blank -- @words @current 2>$null | ForEach-Object {
    $value, $what = $_ -split '  -- ', 2
    if ($value -like "$word*") {
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $(if ($what) { $what } else { $value }))
    }
  }
}
`;

const withDollars = (text: string) => text.replaceAll('§', '$');

export const scripts: Readonly<Record<Shell, string>> = {
  bash: withDollars(bash),
  zsh: withDollars(zsh),
  fish,
  pwsh,
};
