package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.Headers;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The id in {@code X-Request-ID}, which stays the same through all hops. */
public final class RequestId {

    public static final String HEADER = "X-Request-ID";

    private static final int LONGEST = 200;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
    private static final long VARIANT_RFC = 0x8000_0000_0000_0000L;

    private RequestId() {}

    /** The sender's id if it is 1 to 200 visible ASCII characters, else a new one in the form of a random UUID. */
    public static String keptOrNew(Headers headers, RandomGenerator random) {
        String received = headers.first(HEADER);
        return received != null && isSane(received) ? received : newId(random);
    }

    private static boolean isSane(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static String newId(RandomGenerator random) {
        long high = (random.nextLong() & ~0xf000L) | VERSION_4;
        long low = (random.nextLong() & ~VARIANT_BITS) | VARIANT_RFC;
        return new UUID(high, low).toString();
    }
}
