package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.PlainText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that talks to one mesh. */
abstract class MeshCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private ConnectOptions connect = new ConnectOptions();

    MeshCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        try (MeshConnection mesh = connect.open(surroundings)) {
            return run(mesh);
        } finally {
            surroundings.out().flush();
        }
    }

    /** Does the work; answers the exit status. */
    abstract int run(MeshConnection mesh) throws Exception;

    final Surroundings surroundings() {
        return surroundings;
    }

    /** What a mesh tells was in part chosen by others, who may not have the terminal. */
    final void say(String line) {
        surroundings.out().println(PlainText.lines(line));
    }

    final ChangeNote note(String reason) {
        return new ChangeNote(surroundings.user(), reason);
    }
}
