package io.signalbox.mesh.mirror;

import java.util.List;

/**
 * What comparing a service's answers with its mirror's has shown since that was last asked, to be added to what others
 * have found.
 *
 * @param to the version or service that gets the copies
 * @param primaryNanos of all answers that callers got and that were compared, together; {@code mirrorNanos} of the mirror's
 * @param more how often fields differed beyond those that are counted
 */
public record MirrorTally(
        String service,
        String to,
        long compared,
        long alike,
        long noiseCompared,
        long primaryNanos,
        long mirrorNanos,
        List<Field> fields,
        long more) {

    public MirrorTally {
        fields = List.copyOf(fields);
    }

    /**
     * One field of the answers.
     *
     * @param differing how often the mirror's was another; {@code noisy} how often that of a second primary
     * @param primary what it was at first in the answer that a caller got; {@code mirror} in the mirror's
     */
    public record Field(String name, long differing, long noisy, String primary, String mirror) {}
}
