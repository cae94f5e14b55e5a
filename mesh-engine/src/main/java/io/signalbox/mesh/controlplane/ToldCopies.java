package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.CopyInterval;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * What a sidecar in another process counted of requests and of their copies to another version, as it is sent; see
 * {@link CopyInterval}.
 */
public record ToldCopies(String destination, String version, Side primary, Side copy) {

    public ToldCopies {
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(primary, "primary");
        Objects.requireNonNull(copy, "copy");
    }

    /** @param latency nanoseconds and how many answers took so long, in turn */
    public record Side(long requests, long failures, List<Long> latency) {

        public Side {
            SidecarTelemetry.requireCount("requests", requests);
            InvalidValueException.unless(failures >= 0 && failures <= requests, "failures", failures, "0.." + requests);
            SidecarTelemetry.requireLatency(latency);
            latency = List.copyOf(latency);
        }

        private static Side of(CopyInterval.Side side) {
            return new Side(
                    side.requests(),
                    side.failures(),
                    LatencyCounts.of(side.latency()).pairs());
        }

        private CopyInterval.Side side() {
            Histogram histogram = SidecarTelemetry.histogram(latency);
            return new CopyInterval.Side(requests, failures, histogram);
        }
    }

    static ToldCopies of(CopyInterval interval) {
        return new ToldCopies(
                interval.destination(), interval.version(), Side.of(interval.primary()), Side.of(interval.copy()));
    }

    CopyInterval interval() {
        return new CopyInterval(destination, version, primary.side(), copy.side());
    }
}
