# SPDX-License-Identifier: Apache-2.0
"""
Serves batches. A line in is a command, how many arguments it takes, and the arguments of as many calls as there are; a line out
the answer of each call. Arguments and answers are octets in base64, after a dot since they may be empty.
"""
import base64
import sys


def serve(commands):
    for line in sys.stdin.buffer:
        command, width, *words = line.split()
        arguments = [base64.b64decode(word[1:]) for word in words]
        width = int(width)
        rows = [arguments[start:start + width] for start in range(0, len(arguments), width)]
        answers = [commands[command.decode()](*row) for row in rows]
        sys.stdout.write(" ".join("." + base64.b64encode(answer).decode() for answer in answers) + "\n")
        sys.stdout.flush()
