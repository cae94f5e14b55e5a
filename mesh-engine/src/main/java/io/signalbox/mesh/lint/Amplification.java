package io.signalbox.mesh.lint;

import io.signalbox.mesh.lint.LintFinding.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many calls of a service one call of an entry can become, when it fails and every layer above tries again, or is slow
 * and every layer above hedges. Deadlines are no bound here: what fails at once fits into any.
 */
final class Amplification {

    /** As many as three attempts of one layer, and no more, are what a retry is for. */
    private static final long TOLERATED = 3;

    private final CallGraph graph;
    private final Map<String, Worst> worst = new HashMap<>();

    private Amplification(CallGraph graph) {
        this.graph = graph;
    }

    /** One for each service that is the last of several layers which make more of a call than one. */
    static List<LintFinding> findings(CallGraph graph) {
        Amplification search = new Amplification(graph);
        search.spread();
        return graph.services().stream()
                .filter(service -> Factor.ofTheLast(graph.policy(service)).multiplies())
                .flatMap(service -> search.asTheLast(service).stream())
                .filter(worst -> worst.layers() > 1 && worst.calls() > TOLERATED)
                .map(Amplification::finding)
                .toList();
    }

    /**
     * The most that one call of an entry can become while something behind that path does not do well.
     *
     * @param budgeted the same on average, with the budgets kept
     * @param layers how many on the path multiply
     * @param parts what each of them makes of a call, in words
     */
    private record Worst(List<String> path, long calls, double budgeted, int layers, List<String> parts) {

        /** What one call of its last service makes of it. */
        Worst to(String service, Factor factor) {
            return factor.multiplies()
                    ? new Worst(
                            with(path, service),
                            calls * factor.calls(),
                            budgeted * factor.average(),
                            layers + 1,
                            with(parts, service + ": " + factor.parts()))
                    : new Worst(with(path, service), calls, budgeted, layers, parts);
        }

        /** The same at another service, which gets one copy for each call of that one, and none for a retry. */
        Worst toMirror(String mirror, String service, double share) {
            return new Worst(
                    with(path, mirror),
                    calls,
                    budgeted * share,
                    layers,
                    with(parts, mirror + ": 1 copy of what " + service + " is asked"));
        }

        private static List<String> with(List<String> before, String last) {
            List<String> longer = new ArrayList<>(before);
            longer.add(last);
            return longer;
        }
    }

    /** From the entries on, edge by edge, until no path gets worse; one that comes back to itself ends there. */
    private void spread() {
        ArrayDeque<String> changed = new ArrayDeque<>();
        for (String entry : graph.entries()) {
            worst.put(entry, new Worst(List.of(entry), 1, 1, 0, List.of()));
            changed.add(entry);
        }
        for (String caller = changed.poll(); caller != null; caller = changed.poll()) {
            Worst before = Objects.requireNonNull(worst.get(caller));
            for (String callee : graph.calleesOf(caller)) {
                if (before.path().contains(callee)) {
                    continue;
                }
                // The service does well itself, so those above learn only what it answers, and how late.
                keepIfWorse(before.to(callee, Factor.ofOneAbove(graph.policy(callee))), changed);
                String mirror = graph.mirrorOf(callee).orElse(callee);
                if (!mirror.equals(callee) && !before.path().contains(mirror)) {
                    keepIfWorse(before.toMirror(mirror, callee, graph.mirrorShare(callee)), changed);
                }
            }
        }
    }

    private void keepIfWorse(Worst found, ArrayDeque<String> changed) {
        String service = found.path().getLast();
        Worst known = worst.get(service);
        if (known == null || found.calls() > known.calls()) {
            worst.put(service, found);
            changed.add(service);
        }
    }

    /** The worst of the paths that end at the service, when it is that one which does not do well. */
    private Optional<Worst> asTheLast(String service) {
        return graph.callersOf(service).stream()
                .map(worst::get)
                .filter(Objects::nonNull)
                .filter(before -> !before.path().contains(service))
                .map(before -> before.to(service, Factor.ofTheLast(graph.policy(service))))
                .max(Comparator.comparingLong(Worst::calls));
    }

    private static LintFinding finding(Worst worst) {
        String callee = worst.path().getLast();
        return new LintFinding(
                Rule.AMPLIFICATION,
                callee,
                String.join(" → ", worst.path()),
                "one call of " + worst.path().getFirst() + " can become " + worst.calls() + " of " + callee
                        + " while that fails or is slow (" + String.join(" → ", worst.path()) + "; "
                        + String.join("; ", worst.parts()) + "); budgets hold the average to "
                        + String.format(Locale.ROOT, "%.2f", worst.budgeted()),
                "try again in one layer alone, the one nearest to " + callee);
    }
}
