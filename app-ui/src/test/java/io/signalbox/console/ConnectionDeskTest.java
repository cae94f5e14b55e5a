package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.Environment;
import io.signalbox.console.profiles.SecretPlace;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.shell.Opening;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.mesh.client.remote.ServerTrust;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javafx.stage.Stage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionDeskTest {

    private static final ConnectionProfile PROD = new ConnectionProfile(
            "shop-eu1",
            URI.create("https://mesh.shop.example:9090"),
            Environment.PROD,
            new ServerTrust.JavaRoots(),
            new SecretPlace.Keyring());

    @TempDir
    private Path folder;

    private final FakeMesh home = new FakeMesh();
    private final FakeMesh remote = new FakeMesh();

    @Test
    void theWholeConsoleShowsTheOtherMeshAndNothingOfTheFirst() {
        Stage stage = Fx.call(Stage::new);
        ConnectionDesk desk = Fx.call(() -> {
            MemoryPreferences preferences = new MemoryPreferences();
            preferences.put("screen", "services");
            preferences.put("window", "0 0 1000 760");
            Appearance appearance = new Appearance(preferences);
            ConnectionDesk made = new ConnectionDesk(
                    new Shown(home, Optional.empty()),
                    stage,
                    folder.resolve("connections.json"),
                    (shown, from) -> new ConsoleWindow(shown, preferences, appearance, Opening.AT_ONCE, from));
            made.open();
            return made;
        });
        until(home);
        Fx.run(() -> home.deliver(SnapshotFixtures.canary()));
        Fx.run(() -> assertThat(words(stage)).contains("catalog", "Dev"));

        Fx.run(() -> desk.attach(PROD, remote));
        until(remote);
        Fx.run(() -> remote.deliver(SnapshotFixtures.empty()));
        Fx.run(() -> {
            assertThat(words(stage)).contains("Prod", "shop-eu1").doesNotContain("catalog");
            assertThat(home.subscriptions()).isZero();
            home.deliver(SnapshotFixtures.canary());
            assertThat(words(stage)).doesNotContain("catalog");
        });

        Fx.run(desk::detach);
        assertThat(remote.subscriptions()).isZero();
        Fx.run(() -> assertThat(words(stage)).contains("Dev").doesNotContain("Prod"));
        Fx.run(() -> {
            desk.close();
            stage.close();
        });
    }

    private static java.util.List<String> words(Stage stage) {
        stage.getScene().getRoot().applyCss();
        stage.getScene().getRoot().layout();
        return Nodes.words(stage.getScene().getRoot());
    }

    private static void until(FakeMesh subscribed) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> subscribed.subscriptions() == 1);
    }
}
