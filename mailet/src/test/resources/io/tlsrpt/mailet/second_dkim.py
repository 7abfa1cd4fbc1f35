# SPDX-License-Identifier: Apache-2.0
"""Signs and verifies with dkimpy. A line in is a command and its arguments in base64, a line out the answer in base64."""
import base64
import sys

import dkim


def sign(mail, selector, domain, key, header, body):
    return dkim.sign(mail, selector, domain, key, canonicalize=(header, body), tlsrpt=True) + mail


def verify(mail, record):
    try:
        good = dkim.verify(mail, dnsfunc=lambda name, timeout=5: record, tlsrpt=True)
    except dkim.DKIMException:
        good = False
    return b"good" if good else b"bad"


COMMANDS = {"sign": sign, "verify": verify}
for line in sys.stdin:
    command, *arguments = line.split()
    answer = COMMANDS[command](*[base64.b64decode(argument) for argument in arguments])
    print(base64.b64encode(answer).decode(), flush=True)
