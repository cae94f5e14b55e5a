package io.signalbox.mesh.mirror;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sums up comparisons of one service with its mirror; bounded. Safe to use from any thread: the lock is held for sums only. */
public final class MirrorReport {

    private static final int MOST_FIELDS = 200;
    private static final int LONGEST_EXAMPLE = 120;

    /** More than the longest pointer; names of header fields may be as long as a head. */
    private static final int LONGEST_FIELD = 520;

    private final String service;
    private final String to;

    @GuardedBy("this")
    private final Map<String, Tally> fields = new LinkedHashMap<>();

    @GuardedBy("this")
    private long compared;

    @GuardedBy("this")
    private long alike;

    @GuardedBy("this")
    private long noiseCompared;

    @GuardedBy("this")
    private long primaryNanos;

    @GuardedBy("this")
    private long mirrorNanos;

    @GuardedBy("this")
    private long more;

    MirrorReport(String service, String to) {
        this.service = service;
        this.to = to;
    }

    private static final class Tally {
        private long differing;
        private long noisy;
        private String primary = "";
        private String mirror = "";
    }

    String to() {
        return to;
    }

    /** Both answers are whole. */
    public void compare(KeptAnswer primary, KeptAnswer mirror, Set<String> ignored) {
        add(primary.tookNanos(), mirror.tookNanos(), AnswerDiff.of(primary, mirror, ignored));
    }

    private synchronized void add(long took, long mirrorTook, Map<String, AnswerDiff.Pair> differences) {
        compared++;
        alike += differences.isEmpty() ? 1 : 0;
        primaryNanos += took;
        mirrorNanos += mirrorTook;
        bounded(differences).forEach((field, pair) -> {
            Tally tally = tally(field);
            tally.differing++;
            if (tally.differing == 1) {
                tally.primary = cut(pair.primary(), LONGEST_EXAMPLE);
                tally.mirror = cut(pair.other(), LONGEST_EXAMPLE);
            }
        });
    }

    /** A second primary has answered the same request: what differs between the two is noise. */
    public void learn(KeptAnswer primary, KeptAnswer second, Set<String> ignored) {
        Map<String, AnswerDiff.Pair> differences = bounded(AnswerDiff.of(primary, second, ignored));
        synchronized (this) {
            noiseCompared++;
            differences.keySet().forEach(field -> tally(field).noisy++);
        }
    }

    /** Fields that are called alike then are one. */
    private static Map<String, AnswerDiff.Pair> bounded(Map<String, AnswerDiff.Pair> differences) {
        if (differences.keySet().stream().allMatch(field -> field.length() <= LONGEST_FIELD)) {
            return differences;
        }
        Map<String, AnswerDiff.Pair> bounded = new LinkedHashMap<>();
        differences.forEach((field, pair) -> bounded.putIfAbsent(cut(field, LONGEST_FIELD), pair));
        return bounded;
    }

    @GuardedBy("this")
    private Tally tally(String field) {
        Tally known = fields.get(field);
        if (known != null) {
            return known;
        }
        Tally added = new Tally();
        if (fields.size() < MOST_FIELDS) {
            fields.put(field, added);
        } else {
            more++;
        }
        return added;
    }

    /** What was counted since this was last called, which is counted here no longer. */
    synchronized MirrorTally drain() {
        List<MirrorTally.Field> told = new ArrayList<>();
        fields.forEach((name, tally) ->
                told.add(new MirrorTally.Field(name, tally.differing, tally.noisy, tally.primary, tally.mirror)));
        MirrorTally drained =
                new MirrorTally(service, to, compared, alike, noiseCompared, primaryNanos, mirrorNanos, told, more);
        fields.clear();
        compared = 0;
        alike = 0;
        noiseCompared = 0;
        primaryNanos = 0;
        mirrorNanos = 0;
        more = 0;
        return drained;
    }

    /** Counts what another has counted. */
    synchronized void add(MirrorTally other) {
        compared = Counted.sum(compared, other.compared());
        alike = Counted.sum(alike, other.alike());
        noiseCompared = Counted.sum(noiseCompared, other.noiseCompared());
        primaryNanos = Counted.sum(primaryNanos, other.primaryNanos());
        mirrorNanos = Counted.sum(mirrorNanos, other.mirrorNanos());
        more = Counted.sum(more, other.more());
        for (MirrorTally.Field field : other.fields()) {
            Tally tally = tally(cut(field.name(), LONGEST_FIELD));
            if (tally.differing == 0 && field.differing() > 0) {
                tally.primary = cut(field.primary(), LONGEST_EXAMPLE);
                tally.mirror = cut(field.mirror(), LONGEST_EXAMPLE);
            }
            tally.differing = Counted.sum(tally.differing, field.differing());
            tally.noisy = Counted.sum(tally.noisy, field.noisy());
        }
    }

    synchronized MirrorStatus status() {
        List<FieldDifference> differences = new ArrayList<>();
        for (Map.Entry<String, Tally> field : fields.entrySet()) {
            Tally tally = field.getValue();
            if (tally.differing > 0) {
                differences.add(new FieldDifference(
                        field.getKey(), tally.differing, tally.noisy, isNoise(tally), tally.primary, tally.mirror));
            }
        }
        differences.sort(Comparator.comparing(FieldDifference::noise)
                .thenComparing(FieldDifference::differing, Comparator.reverseOrder())
                .thenComparing(FieldDifference::field));
        return new MirrorStatus(
                service,
                to,
                compared,
                alike,
                noiseCompared,
                compared == 0 ? 0 : primaryNanos / compared,
                compared == 0 ? 0 : mirrorNanos / compared,
                differences,
                more);
    }

    /** Noise is what primaries differ in at least half as often as the mirror does. */
    @GuardedBy("this")
    private boolean isNoise(Tally tally) {
        return noiseCompared > 0 && 2.0 * tally.noisy * compared >= (double) tally.differing * noiseCompared;
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
