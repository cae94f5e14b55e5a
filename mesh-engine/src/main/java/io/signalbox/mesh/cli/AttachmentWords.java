package io.signalbox.mesh.cli;

import io.signalbox.mesh.runtime.AttachmentListener;
import java.time.Instant;

/** Says how attached sidecars stand with their control planes, one line each. Safe from any thread. */
final class AttachmentWords implements AttachmentListener {

    private final Surroundings surroundings;

    AttachmentWords(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public synchronized void attached(String instance, long revision) {
        surroundings.out().println("attached " + instance + " revision=" + revision);
        surroundings.out().flush();
    }

    @Override
    public synchronized void certified(String instance, Instant notAfter) {
        surroundings.out().println("certificate " + instance + " until=" + notAfter);
        surroundings.out().flush();
    }

    @Override
    public void begins(String instance, String what) {
        complain("begins " + instance + ": " + what);
    }

    @Override
    public void away(String instance, String why) {
        complain("away " + instance + ": " + why + "; what it knows goes on");
    }

    @Override
    public void trouble(String instance, String what) {
        complain("trouble " + instance + ": " + what);
    }

    private synchronized void complain(String line) {
        surroundings.err().println(line);
        surroundings.err().flush();
    }
}
