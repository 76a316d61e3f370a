/** Python's built-in exceptions, which stand in `retryExceptions` of files that were written for the original. */
import { knownErrorNames } from '@flowerpower/core';

/** Exceptions that say what an error code says here. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  BaseException: ['Exception'],
  TimeoutError: ['ETIMEDOUT', 'FP_NODE_TIMEOUT'],
  ConnectionError: ['ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ESHUTDOWN', 'UND_ERR_SOCKET'],
  BrokenPipeError: ['EPIPE', 'ESHUTDOWN'],
  ConnectionAbortedError: ['ECONNABORTED'],
  ConnectionRefusedError: ['ECONNREFUSED'],
  ConnectionResetError: ['ECONNRESET', 'UND_ERR_SOCKET'],
  FileNotFoundError: ['ENOENT', 'FP_FS_NOT_FOUND'],
  FileExistsError: ['EEXIST', 'FP_FS_ALREADY_EXISTS'],
  PermissionError: ['EACCES', 'EPERM', 'FP_FS_PERMISSION_DENIED'],
  IsADirectoryError: ['EISDIR', 'FP_FS_IS_DIRECTORY'],
  NotADirectoryError: ['ENOTDIR', 'FP_FS_NOT_DIRECTORY'],
  InterruptedError: ['EINTR'],
  BlockingIOError: ['EAGAIN', 'EALREADY', 'EINPROGRESS'],
  ProcessLookupError: ['ESRCH'],
  ChildProcessError: ['ECHILD'],
  UnicodeDecodeError: ['FP_FS_INVALID_TEXT'],
};

/** Python's names for whatever the operating system, a file or a socket refuses. */
const anySystemError = new Set(['OSError', 'IOError', 'EnvironmentError', 'socket.error']);

const withoutCounterpart = new Set(
  `ArithmeticError AssertionError AttributeError BufferError EOFError FloatingPointError ImportError IndentationError
  IndexError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotImplementedError
  OverflowError RecursionError RuntimeError StopAsyncIteration StopIteration SystemError SystemExit TabError
  UnboundLocalError UnicodeEncodeError UnicodeError UnicodeTranslateError ValueError Warning ZeroDivisionError`.split(
    /\s+/,
  ),
);

/** The names and codes here of what a Python exception says; undefined where it says nothing here. */
export function meaningOfPythonName(name: string): readonly string[] | undefined {
  if (anySystemError.has(name)) {
    return [
      'FileSystemError',
      ...[...knownErrorNames()].filter((known) => /^(?:E[A-Z0-9_]+|UND_ERR\w*)$/.test(known)),
    ];
  }
  return Object.hasOwn(meanings, name) ? meanings[name] : undefined;
}

/** True for a built-in exception, and for one with the path of its Python module: `requests.exceptions.Timeout`. */
export function isPythonName(name: string): boolean {
  return withoutCounterpart.has(name) || /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(name);
}
