package io.signalbox.mesh.mirror;

import java.util.List;

/**
 * What comparing a service's answers with its mirror's has shown since the mirror was given.
 *
 * @param to the version or service that gets the copies
 * @param compared answers of the mirror that were compared
 * @param alike those that differed in nothing
 * @param noiseCompared answers of a second primary that were compared, to learn what differs anyway
 * @param primaryNanos the mean time to the head of the answers that callers got, of those compared
 * @param mirrorNanos the same of the mirror's
 * @param fields those that tell something first, then noise; each by how often
 * @param more how often fields differed beyond those that are counted, of which nothing is held
 */
public record MirrorStatus(
        String service,
        String to,
        long compared,
        long alike,
        long noiseCompared,
        long primaryNanos,
        long mirrorNanos,
        List<FieldDifference> fields,
        long more) {

    public MirrorStatus {
        fields = List.copyOf(fields);
    }
}
