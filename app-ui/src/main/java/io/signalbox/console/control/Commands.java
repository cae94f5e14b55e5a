package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls to the mesh on a background thread and brings each outcome back to the user-interface thread.
 *
 * <p>Called on the user-interface thread. Calls run in the order they were asked for.
 */
public final class Commands {

    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private final MeshConnection connection;
    private final Executor background;
    private final Executor userInterface;

    /** @param background runs one task after the other */
    public Commands(MeshConnection connection, Executor background, Executor userInterface) {
        this.connection = connection;
        this.background = background;
        this.userInterface = userInterface;
    }

    /** Makes the call off this thread, then tells the outcome on the user-interface thread. */
    public void run(Consumer<MeshConnection> call, Consumer<Outcome> told) {
        background.execute(() -> {
            Outcome outcome = attempt(call);
            userInterface.execute(() -> told.accept(outcome));
        });
    }

    private Outcome attempt(Consumer<MeshConnection> call) {
        try {
            call.accept(connection);
            return new Outcome.Done();
        } catch (MeshException e) {
            return new Outcome.Failed(e.kind(), String.valueOf(e.getMessage()));
        } catch (InvalidValueException e) {
            return new Outcome.Failed(MeshException.Kind.INVALID, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("A command failed", e);
            return new Outcome.Failed(MeshException.Kind.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
