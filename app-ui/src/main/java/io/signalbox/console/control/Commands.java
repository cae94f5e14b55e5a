package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
    private final Executor slow;
    private final Executor userInterface;
    private final ReadOnlyBooleanProperty locked;

    /**
     * Commands on a mesh that may always be changed.
     *
     * @param background runs one task after the other
     */
    public Commands(MeshConnection connection, Executor background, Executor userInterface) {
        this(
                connection,
                background,
                background,
                userInterface,
                new ReadOnlyBooleanWrapper(false).getReadOnlyProperty());
    }

    /**
     * The same, on one that is locked at times.
     *
     * @param slow runs what may take long, one task after the other
     * @param locked whether the connection refuses changes now
     */
    public Commands(
            MeshConnection connection,
            Executor background,
            Executor slow,
            Executor userInterface,
            ReadOnlyBooleanProperty locked) {
        this.locked = locked;
        this.connection = connection;
        this.background = background;
        this.slow = slow;
        this.userInterface = userInterface;
    }

    /** Whether changes are refused now, so that what makes them can say so beforehand. */
    public ReadOnlyBooleanProperty locked() {
        return locked;
    }

    /** The same for questions that may take long: they wait for each other, and no command waits for them. */
    public Commands questions() {
        return new Commands(connection, slow, slow, userInterface, locked);
    }

    /** Closes something of the mesh's off this thread; also where the threads of this console have ended. */
    public void release(MeshConnection.Subscription left) {
        Runnable closing = () -> {
            try {
                left.close();
            } catch (RuntimeException e) {
                log.warn("Not closed: {}", e.getMessage());
            }
        };
        try {
            background.execute(closing);
        } catch (RejectedExecutionException _) {
            Thread.ofVirtual().name("console-release").start(closing);
        }
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
            case InvalidDocumentException e -> new Outcome.Failed(MeshException.Kind.INVALID, e.oneLine());
            case InvalidValueException e -> new Outcome.Failed(MeshException.Kind.INVALID, message);
            default -> {
                log.error("A command failed", thrown);
                yield new Outcome.Failed(MeshException.Kind.FAILED, message);
            }
        };
    }
}
