package io.signalbox.console.screen;

import io.signalbox.console.control.Outcome;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Toast;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Tells a person how what they asked for ended. Used on the FX thread. */
public final class Feedback {

    private final Workbench bench;

    public Feedback(Workbench bench) {
        this.bench = bench;
    }

    /**
     * Says on success what changed, on failure why nothing did.
     *
     * @param done what is now so: "payment-2 is drained"
     * @param detail a second line; may be empty
     */
    public Consumer<Outcome> telling(String done, String detail) {
        return outcome -> {
            switch (outcome) {
                case Outcome.Done() -> bench.shell().overlays().toast(Toast.of(LampState.INFO, done, detail));
                case Outcome.Failed failed -> failure(failed);
            }
        };
    }

    /** Says nothing on success: what was asked for is seen; on failure why nothing changed. */
    public Consumer<Outcome> onFailure() {
        return outcome -> {
            if (outcome instanceof Outcome.Failed failed) {
                failure(failed);
            }
        };
    }

    /** Puts a command line on the clipboard and says so. */
    public void copied(String commandLine) {
        ClipboardContent content = new ClipboardContent();
        content.putString(commandLine);
        Clipboard.getSystemClipboard().setContent(content);
        bench.shell().overlays().toast(Toast.of(LampState.INFO, bench.texts().get("screen.copied"), commandLine));
    }

    private void failure(Outcome.Failed failed) {
        bench.shell().overlays().toast(Toast.failure(bench.texts().get("screen.failed"), failed.message()));
    }
}
