package io.signalbox.shop.process;

import io.signalbox.mesh.runtime.AttachmentListener;
import java.io.PrintStream;

/** Says in a process's log how its sidecar stands with the control plane, a line each. */
record AttachmentLog(PrintStream err) implements AttachmentListener {

    @Override
    public void begins(String instance, String what) {
        err.println("begins " + instance + ": " + what);
    }

    @Override
    public void attached(String instance, long revision) {
        err.println("attached " + instance + " revision=" + revision);
    }

    @Override
    public void away(String instance, String why) {
        err.println("away " + instance + ": " + why + "; what it knows goes on");
    }

    @Override
    public void trouble(String instance, String what) {
        err.println("trouble " + instance + ": " + what);
    }
}
