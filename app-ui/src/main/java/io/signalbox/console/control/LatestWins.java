package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshConnection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a value that changes faster than the mesh answers: at most one call is under way, and of the values that came
 * meanwhile only the newest is sent.
 *
 * <p>Belongs to the user-interface thread.
 */
public final class LatestWins<T> {

    private final Commands commands;
    private final BiConsumer<MeshConnection, T> call;
    private final Consumer<Outcome> told;
    private @Nullable T waiting;
    private boolean underWay;

    /** @param told hears each call's outcome */
    public LatestWins(Commands commands, BiConsumer<MeshConnection, T> call, Consumer<Outcome> told) {
        this.commands = commands;
        this.call = call;
        this.told = told;
    }

    public void send(T value) {
        if (underWay) {
            waiting = value;
            return;
        }
        underWay = true;
        commands.run(connection -> call.accept(connection, value), this::settled);
    }

    private void settled(Outcome outcome) {
        underWay = false;
        T next = waiting;
        waiting = null;
        if (next != null) {
            send(next);
        }
        told.accept(outcome);
    }
}
