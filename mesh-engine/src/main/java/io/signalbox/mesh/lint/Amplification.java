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

    /** One for each service that is the last of several layers which try again. */
    static List<LintFinding> findings(CallGraph graph) {
        Amplification search = new Amplification(graph);
        search.spread();
        return graph.services().stream()
                .filter(service -> Repeats.most(graph.policy(service).retry()) > 1)
                .flatMap(service -> search.asTheLast(service).stream())
                .filter(worst -> worst.layers() > 1 && worst.calls() > TOLERATED)
                .map(Amplification::finding)
                .toList();
    }

    /**
     * The most that one call of an entry can become while something behind that path does not do well.
     *
     * @param budgeted the same on average, with the budgets kept
     * @param layers how many on the path try again
     */
    private record Worst(List<String> path, long calls, double budgeted, int layers) {}

    /** From the entries on, edge by edge, until no path gets worse; one that comes back to itself ends there. */
    private void spread() {
        ArrayDeque<String> changed = new ArrayDeque<>();
        for (String entry : graph.entries()) {
            worst.put(entry, new Worst(List.of(entry), 1, 1, 0));
            changed.add(entry);
        }
        for (String caller = changed.poll(); caller != null; caller = changed.poll()) {
            Worst before = Objects.requireNonNull(worst.get(caller));
            for (String callee : graph.calleesOf(caller)) {
                if (before.path().contains(callee)) {
                    continue;
                }
                Worst longer = through(before, callee);
                Worst known = worst.get(callee);
                if (known == null || longer.calls() > known.calls()) {
                    worst.put(callee, longer);
                    changed.add(callee);
                }
            }
        }
    }

    /** The worst of the paths that end at the service, when it is that one which does not do well. */
    private Optional<Worst> asTheLast(String service) {
        return graph.callersOf(service).stream()
                .map(worst::get)
                .filter(Objects::nonNull)
                .filter(before -> !before.path().contains(service))
                .map(before -> longer(
                        before, service, Repeats.most(graph.policy(service).retry())))
                .max(Comparator.comparingLong(Worst::calls));
    }

    /** The service does well itself, so those above learn only what it answers, and how late. */
    private Worst through(Worst caller, String service) {
        return longer(
                caller, service, Repeats.mostForOthers(graph.policy(service).retry()));
    }

    private Worst longer(Worst caller, String service, int attempts) {
        List<String> path = new ArrayList<>(caller.path());
        path.add(service);
        return attempts == 1
                ? new Worst(path, caller.calls(), caller.budgeted(), caller.layers())
                : new Worst(
                        path,
                        caller.calls() * attempts,
                        caller.budgeted()
                                * (1 + graph.policy(service).retry().budget().ratio()),
                        caller.layers() + 1);
    }

    private static LintFinding finding(Worst worst) {
        String callee = worst.path().getLast();
        return new LintFinding(
                Rule.AMPLIFICATION,
                callee,
                String.join(" → ", worst.path()),
                "one call of " + worst.path().getFirst() + " can become " + worst.calls() + " of " + callee
                        + " while that fails or is slow (" + String.join(" → ", worst.path())
                        + "); budgets hold the average to "
                        + String.format(Locale.ROOT, "%.2f", worst.budgeted()),
                "try again in one layer alone, the one nearest to " + callee);
    }
}
