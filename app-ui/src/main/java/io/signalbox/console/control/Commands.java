package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
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
    private final ReadOnlyBooleanProperty locked;

    /**
     * Commands on a mesh that may always be changed.
     *
     * @param background runs one task after the other
     */
    public Commands(MeshConnection connection, Executor background, Executor userInterface) {
        this(connection, background, userInterface, new ReadOnlyBooleanWrapper(false).getReadOnlyProperty());
    }

    /**
     * The same, on one that is locked at times.
     *
     * @param locked whether the connection refuses changes now
     */
    public Commands(
            MeshConnection connection, Executor background, Executor userInterface, ReadOnlyBooleanProperty locked) {
        this.locked = locked;
        this.connection = connection;
        this.background = background;
        this.userInterface = userInterface;
    }

    /** Whether changes are refused now, so that what makes them can say so beforehand. */
    public ReadOnlyBooleanProperty locked() {
        return locked;
    }

    /** Makes the call off this thread, then tells the outcome on the user-interface thread. */
    public void run(Consumer<MeshConnection> call, Consumer<Outcome> told) {
        fetch(
                connection -> {
                    call.accept(connection);
                    return new Outcome.Done();
                },
                told::accept,
                told::accept);
    }

    /** Asks off this thread, then hands over the answer, or the failure, on the user-interface thread. */
    public <T> void fetch(Function<MeshConnection, T> call, Consumer<T> got, Consumer<Outcome.Failed> failed) {
        background.execute(() -> {
            Runnable told;
            try {
                T answer = call.apply(connection);
                told = () -> got.accept(answer);
            } catch (RuntimeException e) {
                Outcome.Failed failure = failure(e);
                told = () -> failed.accept(failure);
            }
            userInterface.execute(told);
        });
    }

    private static Outcome.Failed failure(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        return switch (thrown) {
            case MeshException e -> new Outcome.Failed(e.kind(), message);
            case InvalidValueException e -> new Outcome.Failed(MeshException.Kind.INVALID, message);
            default -> {
                log.error("A command failed", thrown);
                yield new Outcome.Failed(MeshException.Kind.FAILED, message);
            }
        };
    }
}
