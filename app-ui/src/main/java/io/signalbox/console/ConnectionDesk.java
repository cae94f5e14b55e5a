package io.signalbox.console;

import io.signalbox.console.connections.ConnectionParts;
import io.signalbox.console.connections.Switchboard;
import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.EncryptedTokens;
import io.signalbox.console.profiles.ProfileFile;
import io.signalbox.console.profiles.Secrets;
import io.signalbox.console.profiles.SystemKeyring;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import javafx.stage.Stage;

/**
 * Puts the console's one stage on one mesh after the other. Each mesh gets a window of its own, with its own feed,
 * screens and threads, so nothing that was learnt of one is left when another is shown. Used on the FX thread.
 */
final class ConnectionDesk implements Switchboard {

    private final Shown home;
    private final Stage stage;
    private final ProfileFile profiles;
    private final Secrets secrets;
    private final BiFunction<Shown, ConnectionDesk, ConsoleWindow> windows;
    private Shown shown;
    private ConsoleWindow window;

    /**
     * A desk on the mesh with which the console began.
     *
     * @param file of the profiles; the encrypted tokens stand beside it
     * @param windows makes the window of a mesh
     */
    ConnectionDesk(Shown home, Stage stage, Path file, BiFunction<Shown, ConnectionDesk, ConsoleWindow> windows) {
        this.home = home;
        this.stage = stage;
        this.windows = windows;
        profiles = new ProfileFile(file);
        secrets = new Secrets(
                new SystemKeyring(), new EncryptedTokens(file.resolveSibling("tokens.json"), new SecureRandom()));
        shown = home;
        window = windows.apply(home, this);
    }

    ConsoleWindow open() {
        window.open(stage);
        return window;
    }

    /** Says that the mesh with which the console began could not be brought up. */
    void meshFailed(String why) {
        window.meshFailed(why);
    }

    ConnectionParts parts(Executor background, Executor fx) {
        return new ConnectionParts(profiles, secrets, this, ConnectionDesk::connect, background, fx);
    }

    @Override
    public String home() {
        return home.connection().address();
    }

    @Override
    public Optional<ConnectionProfile> attached() {
        return shown.profile();
    }

    @Override
    public void attach(ConnectionProfile profile, MeshConnection connection) {
        show(new Shown(connection, Optional.of(profile)));
    }

    @Override
    public void detach() {
        show(home);
    }

    /** The mesh with which the console began is its session's to close. */
    void close() {
        window.close();
        closeIfAttached(shown);
    }

    private void show(Shown next) {
        Shown before = shown;
        window.close();
        closeIfAttached(before);
        shown = next;
        window = windows.apply(next, this);
        window.takeOver(stage);
    }

    private void closeIfAttached(Shown left) {
        if (!left.equals(home)) {
            left.connection().close();
        }
    }

    private static MeshConnection connect(ConnectionProfile profile, AccessToken token) {
        boolean secured = "https".equals(profile.address().getScheme());
        return new RemoteMesh(
                profile.addresses(),
                token,
                RandomGenerator.getDefault(),
                secured ? Optional.of(profile.trust().context()) : Optional.empty());
    }
}
