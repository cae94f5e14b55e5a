package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which moves of circuits each sidecar has told, also before it attached anew: what nobody answered is told again, on whatever
 * stream comes next. Of each sidecar the run of its process that told last; of the {@value #MOST} sidecars that told last.
 * Safe from any thread.
 */
final class HeardMoves {

    private static final int MOST = 10_000;
    private static final int LONGEST_RUN = 64;

    @GuardedBy("this")
    private final Map<SidecarName, Heard> last = new LinkedHashMap<>();

    private record Heard(String run, long number) {}

    /**
     * Whether a move was not told yet. One without a number is always news; one without a run is, unless it was told on the
     * same stream.
     */
    boolean isNews(SidecarName teller, SidecarDetails.Move move, Allowance stream) {
        Long number = move.number();
        String run = move.run();
        if (number == null) {
            return true;
        }
        return (run == null || run.length() > LONGEST_RUN) ? stream.isNews(number) : isNews(teller, run, number);
    }

    private synchronized boolean isNews(SidecarName teller, String run, long number) {
        // Taken out and put back, so that the first is the one that has been silent for longest.
        Heard before = last.remove(teller);
        boolean news = before == null || !before.run().equals(run) || number > before.number();
        last.put(teller, news || before == null ? new Heard(run, number) : before);
        if (last.size() > MOST) {
            last.remove(last.keySet().iterator().next());
        }
        return news;
    }
}
