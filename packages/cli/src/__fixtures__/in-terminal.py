"""Runs a command in a pseudo terminal and prints what the terminal got. Acts when a text has come, never by the clock.

argv: a JSON document {columns, rows, command, steps: [{when, send?, resize?}]}
"""
import fcntl, json, os, pty, struct, sys, termios

job = json.loads(sys.argv[1])


def resize(columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


# The child begins when its terminal has its size.
begin, ready = os.pipe()
child, terminal = pty.fork()
if child == 0:
    os.read(begin, 1)
    os.execvp(job["command"][0], job["command"])
resize(job["columns"], job["rows"])
os.write(ready, b"x")

seen, steps = b"", list(job["steps"])
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    seen += data
    sys.stdout.buffer.write(data)
    while steps and steps[0]["when"].encode() in seen:
        step = steps.pop(0)
        seen = seen[seen.index(step["when"].encode()) + len(step["when"].encode()) :]
        if "resize" in step:
            resize(*step["resize"])
            sys.stdout.buffer.write(b"\x00%d,%d\x00" % tuple(step["resize"]))
        if "send" in step:
            os.write(terminal, step["send"].encode())
sys.stdout.buffer.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
