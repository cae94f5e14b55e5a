package io.signalbox.mesh.mirror;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all sidecars of a process have found out about mirrors, by service. Safe to use from any thread. */
public final class MirrorLog {

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Map<String, MirrorReport> reports = new ConcurrentHashMap<>();

    /** Where comparisons of that service with that mirror go; another mirror than before begins anew. */
    public MirrorReport report(String service, String to) {
        return reports.compute(
                service, (name, known) -> known != null && known.to().equals(to) ? known : new MirrorReport(name, to));
    }

    /**
     * What all reports have counted since this was last called, a report that is new with nothing too; they hold it no
     * longer. For one reader, beside which nobody asks for a status.
     */
    public List<MirrorTally> drain() {
        return reports.values().stream()
                .map(MirrorReport::drain)
                .filter(tally ->
                        told.add(tally.service() + ' ' + tally.to()) || tally.compared() + tally.noiseCompared() > 0)
                .toList();
    }

    /** Adds what another process has counted. */
    public void add(MirrorTally tally) {
        report(tally.service(), tally.to()).add(tally);
    }

    /** Those that something is known of. */
    public List<String> services() {
        return reports.keySet().stream().sorted().toList();
    }

    /** Empty when no policy of the service has asked for a comparison. */
    public Optional<MirrorStatus> status(String service) {
        return Optional.ofNullable(reports.get(service)).map(MirrorReport::status);
    }
}
