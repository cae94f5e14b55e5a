package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.whatif.Change.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums up what would be otherwise. Requests are added the newest first. For one thread. */
final class Tally {

    /** What is as good as certain after adding chances up. */
    private static final double CERTAIN = 1 - 1e-9;

    private record Row(Effect effect, Certainty certainty) {}

    private static final class Sum {
        private double troubled;
        private double sampled;
        private double weight;
        private final List<String> examples = new ArrayList<>();
    }

    private final Map<Row, Sum> rows = new HashMap<>();

    /**
     * @param chance 0..1
     * @param weight of a sampled request: 1, or as many as it stands for
     */
    void add(KeptRequest request, Effect effect, double chance, int weight) {
        boolean exact = chance >= CERTAIN && !Why.isAlwaysAnEstimate(effect.kind());
        Sum sum = rows.computeIfAbsent(new Row(effect, exact ? Certainty.EXACT : Certainty.ESTIMATE), _ -> new Sum());
        if (request.kept() == Kept.SAMPLED) {
            sum.sampled += chance;
            sum.weight += chance * weight;
        } else {
            sum.troubled += chance;
        }
        if (sum.examples.size() < Change.MOST_EXAMPLES) {
            String id = request.requestId();
            sum.examples.add(id == null ? request.traceId() : id);
        }
    }

    /**
     * @param population of which the requests are a part
     * @param whole the same of the time of which all are held: of what is run over requests, which is run over those alone
     */
    List<Change> changes(Population population, Population whole) {
        return rows.entrySet().stream()
                .map(row -> change(
                        row.getKey(),
                        row.getValue(),
                        Why.isRunOver(row.getKey().effect().kind()) ? whole : population))
                .sorted(Comparator.comparing(Change::certainty)
                        .thenComparing(
                                Comparator.comparingLong(Change::requests).reversed())
                        .thenComparing(Change::kind)
                        .thenComparing(Change::from)
                        .thenComparing(Change::to))
                .toList();
    }

    private static Change change(Row row, Sum sum, Population population) {
        Kind kind = row.effect().kind();
        return new Change(
                kind,
                row.effect().from(),
                row.effect().to(),
                Math.round(sum.troubled + sum.sampled),
                population.percent(sum.troubled, sum.weight),
                row.certainty(),
                Why.of(kind, row.certainty(), population),
                sum.examples);
    }
}
