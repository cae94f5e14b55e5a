package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Which instance each key belongs to. Immutable; the same endpoints give the same table in every process. */
@FunctionalInterface
interface KeyTable {

    /** As many as fit the 16 bits that a table keeps for each. */
    int MOST = 1 << 16;

    /** Returns the instance, or {@code null} when there is none. */
    @Nullable
    String owner(long key);

    /** How a table is made. */
    @FunctionalInterface
    interface Form {
        /** @param sorted by instance, so that the order of a list makes no difference; at most {@link #MOST} */
        KeyTable of(List<Endpoint> sorted, ToIntFunction<Endpoint> weights);
    }

    static int highest(List<Endpoint> endpoints, ToIntFunction<Endpoint> weights) {
        return endpoints.stream().mapToInt(weights).max().orElse(1);
    }
}
