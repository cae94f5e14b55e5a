"""Tables of medians, with ratios made within a round."""

import statistics

from .machine import say

FORMATS = {'CPU s/100k': '.2f', 'CPU s/GB': '.2f', 'req/s': '.0f', 'p50 added µs': '.0f', 'p99 added µs': '.0f', 'RSS MB': '.0f',
           'calls': '.2f', 'CPU ms/handshake': '.2f', 'handshakes/s': '.0f', 'MB/s': '.0f'}


def table(case, targets, figures, ratio_of, base_name):
    """Prints a row a target, and for the sidecar its ratios to every peer; base_name is the case's own peer."""
    say()
    base = next((target for target in targets if target.name == base_name), targets[0])
    heads = []
    for figure in figures:
        heads.append(f'{figure:>16}')
        if figure in ratio_of:
            heads.append(f'{"x " + base.name:>10}')
    say(f'{case:<12}' + ''.join(heads) + f'{"failed":>8}')
    for target in targets:
        cells = ''
        for figure in figures:
            cells += f'{cell(target, figure):>16}'
            if figure in ratio_of:
                cells += f'{text(ratio(target, base, figure)):>10}'
        say(f'{target.name:<12}{cells}{target.failed:>8}')
    for target in targets:
        if target.failed:
            say(f'{target.name}: {target.failed} requests failed, so its figures are none to quote')
    ours = next((target for target in targets if target.is_sidecar), None)
    for figure in ratio_of:
        if ours:
            others = [target for target in targets if not target.is_sidecar]
            say(f'signalbox, {figure}: ' + ', '.join(f'{text(ratio(ours, other, figure))} x {other.name}' for other in others))
        say(f'{figure} by round: ' + '; '.join(
            f'{target.name} ' + ' '.join(f'{one:{FORMATS[figure]}}' for one in target.figures.get(figure, [])) for target in targets))


def cell(target, figure):
    values = target.figures.get(figure)
    return f'{statistics.median(values):{FORMATS[figure]}}' if values else '-'


def ratio(target, base, figure):
    pairs = [one / other for one, other in zip(target.figures.get(figure, []), base.figures.get(figure, [])) if other > 0]
    return statistics.median(pairs) if pairs else None


def text(value):
    return '-' if value is None else f'{value:.2f}'


def raw(targets, **more):
    """All figures of all rounds, for --json."""
    return {'targets': {target.name: {'figures': target.figures, 'failed': target.failed} for target in targets}, **more}
