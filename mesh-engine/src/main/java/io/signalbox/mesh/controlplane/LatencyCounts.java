package io.signalbox.mesh.controlplane;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** The values that a histogram recorded and how often, in the room that they need. Immutable. */
final class LatencyCounts {

    static final LatencyCounts NONE = new LatencyCounts(new long[0]);

    /** Value and count in turn. */
    private final long[] pairs;

    private LatencyCounts(long[] pairs) {
        this.pairs = pairs;
    }

    static LatencyCounts of(Histogram histogram) {
        return new LatencyCounts(StreamSupport.stream(histogram.recordedValues().spliterator(), false)
                .flatMapToLong(LatencyCounts::pair)
                .toArray());
    }

    /** Value and count in turn. */
    List<Long> pairs() {
        return LongStream.of(pairs).boxed().toList();
    }

    void addTo(Histogram sum) {
        for (int i = 0; i < pairs.length; i += 2) {
            sum.recordValueWithCount(pairs[i], pairs[i + 1]);
        }
    }

    private static LongStream pair(HistogramIterationValue value) {
        return LongStream.of(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
    }
}
