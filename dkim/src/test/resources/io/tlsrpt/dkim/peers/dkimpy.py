# SPDX-License-Identifier: Apache-2.0
"""Signs and verifies with dkimpy, Debian's python3-dkim."""
import base64

import batches
import dkim
import nacl  # dkimpy does without, but then without Ed25519


def sign(mail, selector, domain, algorithm, key, header, body, names):
    if algorithm == b"ed25519-sha256":
        # dkimpy wants the seed alone, which a PKCS #8 key ends with
        der = base64.b64decode(b"".join(key.splitlines()[1:-1]))
        key = base64.b64encode(der[-32:])
    try:
        return dkim.sign(mail, selector, domain, key, canonicalize=(header, body), include_headers=names.split(b":"),
                         signature_algorithm=algorithm) + mail
    except dkim.DKIMException:
        return b""


def verify(mail, record):
    try:
        good = dkim.verify(mail, dnsfunc=lambda name, timeout=5: record, tlsrpt=True)
        return b"" if good else b"bad"
    except Exception as e:
        # of its own class or not: some tags it stumbles over
        return repr(e).encode()


batches.serve({"sign": sign, "verify": verify})
