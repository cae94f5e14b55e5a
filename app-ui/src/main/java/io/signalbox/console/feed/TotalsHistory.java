package io.signalbox.console.feed;

import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;

/** What went through the whole mesh in each second of the last half hour. Used on the FX thread only. */
public final class TotalsHistory {

    private final SecondsRing rates = new SecondsRing();
    private final SecondsRing failureRates = new SecondsRing();
    private final SecondsRing successShares = new SecondsRing();
    private final SecondsRing p99Millis = new SecondsRing();

    void add(MeshSnapshot snapshot) {
        TrafficStats totals = snapshot.totals();
        double rate = totals.requestsPerSecond();
        double failedShare = totals.requests() == 0 ? 0 : (double) totals.failures() / totals.requests();
        rates.put(snapshot.at(), rate);
        failureRates.put(snapshot.at(), rate * failedShare);
        successShares.put(snapshot.at(), totals.successShare().orElse(Double.NaN));
        Latency latency = totals.latency();
        p99Millis.put(snapshot.at(), latency == null ? Double.NaN : latency.p99Nanos() / 1e6);
    }

    /** Requests a second. */
    public SecondsRing rates() {
        return rates;
    }

    /** Failures a second. */
    public SecondsRing failureRates() {
        return failureRates;
    }

    /** The share that succeeded, 0 to 1. */
    public SecondsRing successShares() {
        return successShares;
    }

    public SecondsRing p99Millis() {
        return p99Millis;
    }
}
