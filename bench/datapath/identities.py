"""Certificates as the mesh has them: a root, and leaves whose one name is a SPIFFE id."""

import os
import subprocess

from .machine import fail, read

DOMAIN = 'spiffe://bench.signalbox/service/'
KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']


def make(work, names=('storefront', 'catalog')):
    """Writes root.pem, and for each name NAME.pem, NAME-key.pem and NAME-both.pem, which HAProxy wants."""
    if os.path.exists(os.path.join(work, 'root.pem')):
        return
    run(work, 'req', '-x509', *KEY, '-keyout', 'root-key.pem', '-out', 'root.pem', '-days', '2', '-subj', '/CN=bench root')
    for name in names:
        with open(os.path.join(work, name + '.ext'), 'w') as file:
            file.write(f'subjectAltName=URI:{DOMAIN}{name}\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n')
        run(work, 'req', '-new', *KEY, '-keyout', name + '-key.pem', '-out', name + '.csr', '-subj', '/CN=' + name)
        run(work, 'x509', '-req', '-in', name + '.csr', '-CA', 'root.pem', '-CAkey', 'root-key.pem', '-CAcreateserial',
            '-days', '2', '-extfile', name + '.ext', '-out', name + '.pem')
        with open(os.path.join(work, name + '-both.pem'), 'w') as file:
            file.write(read(os.path.join(work, name + '.pem')) + read(os.path.join(work, name + '-key.pem')))


def run(work, *arguments):
    done = subprocess.run(['openssl', *arguments], cwd=work, capture_output=True, text=True, timeout=30)
    if done.returncode:
        fail('openssl: ' + done.stderr.strip())
