# SPDX-License-Identifier: Apache-2.0
"""
Signs and verifies with OpenDKIM's library, Debian's libopendkim11: all that judges in the filter opendkim, which would take mails
one by one over a socket. Keys come from the caller, none from the DNS.
"""
import ctypes

import batches

CANONICALIZATIONS = {b"simple": 0, b"relaxed": 1}
ALGORITHMS = {b"rsa-sha1": 0, b"rsa-sha256": 1, b"ed25519-sha256": 2}
OK = 0
FIELD = b"DKIM-Signature: "
KEY_LOOKUP = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_char), ctypes.c_size_t)

library = ctypes.CDLL("libopendkim.so.11")
for name in ("dkim_init", "dkim_sign", "dkim_verify"):
    getattr(library, name).restype = ctypes.c_void_p
library.dkim_geterror.restype = ctypes.c_char_p
library.dkim_getresultstr.restype = ctypes.c_char_p
handle = ctypes.c_void_p(library.dkim_init(None, None))
record_at_hand = b""


@KEY_LOOKUP
def key_lookup(dkim, signature, buffer, length):
    if len(record_at_hand) >= length:
        return 4
    ctypes.memmove(buffer, record_at_hand + b"\0", len(record_at_hand) + 1)
    return 0


library.dkim_set_key_lookup(handle, key_lookup)


def read(dkim, mail):
    """What is wrong with the mail, nothing if it is good."""
    for status in (
        lambda: library.dkim_chunk(dkim, mail, ctypes.c_size_t(len(mail))),
        lambda: library.dkim_chunk(dkim, None, ctypes.c_size_t(0)),
        lambda: library.dkim_eom(dkim, None),
    ):
        result = status()
        if result != OK:
            return b"%s: %s" % (library.dkim_getresultstr(result), library.dkim_geterror(dkim) or b"")
    return b""


def verify(mail, record):
    global record_at_hand
    record_at_hand = record
    status = ctypes.c_int()
    dkim = ctypes.c_void_p(library.dkim_verify(handle, b"mail", None, ctypes.byref(status)))
    wrong = read(dkim, mail)
    library.dkim_free(dkim)
    return wrong


def sign(mail, selector, domain, algorithm, key, header, body, names):
    # it signs every field, whatever the names
    status = ctypes.c_int()
    dkim = ctypes.c_void_p(library.dkim_sign(
        handle, b"mail", None, key, selector, domain, CANONICALIZATIONS[header], CANONICALIZATIONS[body],
        ALGORITHMS[algorithm], ctypes.c_ssize_t(-1), ctypes.byref(status)))
    try:
        if read(dkim, mail):
            return b""
        value = ctypes.c_char_p()
        length = ctypes.c_size_t()
        if library.dkim_getsighdr_d(dkim, ctypes.c_size_t(len(FIELD)), ctypes.byref(value), ctypes.byref(length)) != OK:
            return b""
        return FIELD + value.value + b"\r\n" + mail
    finally:
        library.dkim_free(dkim)


batches.serve({"sign": sign, "verify": verify})
