package io.signalbox.console.requests;

import io.signalbox.console.control.Commands;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The request that is explained. Belongs to the user-interface thread.
 *
 * <p>An answer that comes at once replaces the one before it without a blank between them.
 */
public final class WalkViewModel {

    static final Duration PATIENCE = Duration.ofMillis(300);

    private final Commands commands;
    private final Scheduler scheduler;
    private final ReadOnlyObjectWrapper<Explanation> explanation =
            new ReadOnlyObjectWrapper<>(this, "explanation", new Explanation.Nothing());
    private Scheduler.Cancellable waiting = () -> {};
    private @Nullable RequestLine wanted;

    public WalkViewModel(Commands commands, Scheduler scheduler) {
        this.commands = commands;
        this.scheduler = scheduler;
    }

    ReadOnlyObjectProperty<Explanation> explanation() {
        return explanation.getReadOnlyProperty();
    }

    boolean isOpen() {
        return !(explanation.get() instanceof Explanation.Nothing);
    }

    /** Asks the mesh why this request went where it went; asking for the same again asks nothing. */
    void explain(RequestLine request) {
        if (request.equals(wanted)) {
            return;
        }
        wanted = request;
        waiting.cancel();
        waiting = scheduler.schedule(PATIENCE, () -> explanation.set(new Explanation.Asked(request)));
        // By its trace: an id that a caller sends again and again would bring the hops of all of them.
        commands.fetch(
                mesh -> mesh.requests().explain(request.traceId()),
                hops -> answer(request, told(request, hops)),
                failed -> answer(request, new Explanation.Refused(request, failed.message())));
    }

    void leave() {
        wanted = null;
        waiting.cancel();
        explanation.set(new Explanation.Nothing());
    }

    private void answer(RequestLine request, Explanation now) {
        if (request.equals(wanted)) {
            waiting.cancel();
            explanation.set(now);
        }
    }

    private static Explanation told(RequestLine request, List<ExplainedRequest> hops) {
        for (int i = 0; i < hops.size(); i++) {
            if (hops.get(i).request().equals(request)) {
                return new Explanation.Told(request, hops, i);
            }
        }
        return new Explanation.Refused(request, "");
    }
}
