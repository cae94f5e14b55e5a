package io.signalbox.console.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.KeyBunch;
import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.EncryptedTokens;
import io.signalbox.console.profiles.Environment;
import io.signalbox.console.profiles.ProfileFile;
import io.signalbox.console.profiles.Secrets;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.remote.ServerTrust;
import io.signalbox.mesh.runtime.ControlPlaneOptions;
import io.signalbox.mesh.runtime.Listen;
import io.signalbox.mesh.runtime.StandaloneControlPlane;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The screen of connections, against control planes in TLS. */
class ConnectionsScreenTest {

    @TempDir
    private Path folder;

    private StandaloneControlPlane plane;
    private final Board board = new Board();
    private final Map<String, String> keyring = new HashMap<>();

    @BeforeEach
    void start() {
        plane = plane("data");
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void anUnknownControlPlaneIsComparedOnceAndThenConnected() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.press("Save");
            assertThat(keyring).containsOnlyKeys("shop-test");
            on.press("Connect");
            assertThat(on.words())
                    .contains("Trust this control plane?", "Nothing here knows who signed its certificate.");
            on.press("Trust for shop-test");
            assertThat(board.attached)
                    .as("nothing is believed before the box is ticked")
                    .isEmpty();
            on.find("#trust-compared", CheckBox.class).setSelected(true);
            on.press("Trust for shop-test");
            assertThat(board.attached).map(ConnectionProfile::name).contains("shop-test");
            assertThat(on.words()).contains("TLSv1.3, and the certificate is believed", "may read");
        });
        assertThat(file().find("shop-test")).map(ConnectionProfile::trust).containsInstanceOf(ServerTrust.Known.class);
        Fx.run(() -> {
            board.attached = Optional.empty();
            ScreenBench again = shown();
            card(again, "shop-test").fire();
            again.press("Connect");
            assertThat(again.words()).doesNotContain("Trust this control plane?");
            assertThat(board.attached).isPresent();
        });
    }

    @Test
    void aChangedCertificateBlocksWithBothFingerprintsAndNothingToPressByReflex() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.press("Save");
            on.press("Test");
            on.find("#trust-compared", CheckBox.class).setSelected(true);
            on.press("Trust for shop-test");
        });
        plane.close();
        plane = plane("other");
        String address = "https://localhost:" + plane.uri().getPort();
        String moved = file().read().getFirst().address().toString();
        Fx.run(() -> {
            // The new one has another port; the profile is moved by hand, and keeps what it believes.
            ConnectionProfile before = file().read().getFirst();
            file().put(new ConnectionProfile(
                    before.name(),
                    ConnectionProfile.address(address),
                    before.environment(),
                    before.trust(),
                    before.secret()));
            ScreenBench on = shown();
            card(on, "shop-test").fire();
            on.press("Connect");
            Node dialog = on.find("#changed", Node.class);
            assertThat(dialog.lookupAll(".connections-fingerprint")).hasSize(2);
            assertThat(Nodes.all(dialog, MeshButton.class))
                    .extracting(MeshButton::getText)
                    .containsExactly("Forget the old one…", "Don’t connect");
            assertThat(board.attached).isEmpty();
            on.press("Don’t connect");
            assertThat(board.attached).isEmpty();
            assertThat(file().read().getFirst().trust()).isEqualTo(before.trust());
        });
        assertThat(moved).isNotEqualTo(address);
    }

    @Test
    void ofSeveralControlPlanesEachIsTriedAndOneThatIsWellIsEnough() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.find("#connections-address", TextField.class)
                    .setText("https://no-such-host.invalid, https://localhost:" + port());
            on.press("Save");
            on.press("Connect");
            on.find("#trust-compared", CheckBox.class).setSelected(true);
            on.press("Trust for shop-test");
            assertThat(board.attached)
                    .map(ConnectionProfile::written)
                    .contains("https://no-such-host.invalid, https://localhost:" + port());
            assertThat(on.words())
                    .contains("https://no-such-host.invalid", "https://localhost:" + port())
                    .contains("Look at the spelling, and at the name service or VPN of this computer.")
                    .contains("TLSv1.3, and the certificate is believed", "may read");
        });
    }

    @Test
    void oneControlPlaneOfAnotherAuthorityBlocksTheWholeProfile() {
        try (StandaloneControlPlane stranger = plane("other")) {
            Fx.run(() -> {
                ScreenBench on = shown();
                typeProfile(on, "shop-test");
                on.find("#connections-address", TextField.class)
                        .setText("https://localhost:" + port() + ",https://localhost:"
                                + stranger.uri().getPort());
                on.press("Save");
                on.press("Connect");
                on.find("#trust-compared", CheckBox.class).setSelected(true);
                on.press("Trust for shop-test");
                assertThat(on.find("#changed", Node.class)).isNotNull();
                assertThat(board.attached).isEmpty();
            });
        }
    }

    @Test
    void anAddressThatIsAddedWantsTheTokenTypedAgain() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.press("Save");
            on.find("#connections-address", TextField.class)
                    .setText("https://localhost:" + port() + ",https://elsewhere.example");
            on.press("Save");
            assertThat(keyring).isEmpty();
        });
    }

    @Test
    void whatFailsSaysWhatToDoAndTheRestIsNotTried() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.find("#connections-address", TextField.class).setText("https://no-such-host.invalid");
            on.press("Save");
            on.press("Test");
            assertThat(on.words())
                    .contains("no-such-host.invalid")
                    .contains("Look at the spelling, and at the name service or VPN of this computer.");
        });
    }

    @Test
    void whatCannotBeAProfileIsRefusedByNameAndNotKept() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.find("#connections-address", TextField.class).setText("http://mesh.example:9090");
            on.press("Save");
            assertThat(on.words())
                    .anyMatch(words -> words.startsWith("address: http://mesh.example:9090 (expected: https"));
            assertThat(file().read()).isEmpty();
        });
    }

    @Test
    void aNameThatAnotherProfileHasIsRefusedAndThatOneStays() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.press("Save");
            ConnectionProfile before = file().read().getFirst();
            typeProfile(on, "shop-test");
            on.find("#connections-address", TextField.class).setText("https://elsewhere.example");
            on.press("Save");
            assertThat(on.words()).contains("name: shop-test (expected: one that no other profile has)");
            assertThat(file().read()).containsExactly(before);
        });
    }

    @Test
    void aTokenGoesAlongWithTheNameAndToNoOtherAddress() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.press("Save");
            on.find("#connections-name", TextField.class).setText("shop");
            on.press("Save");
            assertThat(keyring).containsOnly(Map.entry("shop", token()));
            on.find("#connections-address", TextField.class).setText("https://elsewhere.example");
            on.press("Save");
            assertThat(file().read()).extracting(ConnectionProfile::name).containsExactly("shop");
            assertThat(keyring).isEmpty();
        });
    }

    @Test
    void aFileThatCannotBeReadIsSaidAndKept() throws Exception {
        Files.writeString(folder.resolve("connections.json"), "{");
        Fx.run(() -> {
            ScreenBench on = shown();
            assertThat(on.words()).anyMatch(words -> words.contains("connections.json"));
        });
        assertThat(folder.resolve("connections.json")).hasContent("{");
    }

    @Test
    void removingAProfileAsksAndForgetsItsToken() {
        Fx.run(() -> {
            ScreenBench on = shown();
            typeProfile(on, "shop-test");
            on.press("Save");
            on.press("Remove…");
            on.press("Remove");
            assertThat(file().read()).isEmpty();
            assertThat(keyring).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"en, 1440, DARK", "de, 860, LIGHT", "de, 1440, DARK", "en, 860, LIGHT"})
    void everyControlHasANameAndStaysInsideTheWindow(String language, double width, Theme theme) throws Exception {
        Path picture = Fx.call(() -> {
            ScreenBench on = new ScreenBench(Locale.of(language));
            on.show(bench -> new ConnectionsScreen(bench, parts()));
            var scene = on.scene(width - 48, 900, theme);
            typeProfile(on, "shop-test");
            on.find("#connections-save", Button.class).fire();
            on.find("#connections-test", Button.class).fire();
            on.layout();
            assertThat(Nodes.nameless(on.root())).isEmpty();
            for (Button button : Nodes.all(on.root(), Button.class)) {
                assertThat(button.localToScene(button.getBoundsInLocal()).getMaxX())
                        .as(button.getText() + button.getId())
                        .isLessThanOrEqualTo(width - 48);
            }
            return Fx.picture(scene, "connections-" + language + "-" + (int) width);
        });
        assertThat(Files.size(picture)).isGreaterThan(10_000);
    }

    private void typeProfile(ScreenBench on, String name) {
        on.find("#connections-new", Button.class).fire();
        on.find("#connections-name", TextField.class).setText(name);
        on.find("#connections-address", TextField.class)
                .setText("https://localhost:" + plane.uri().getPort());
        on.find("#connections-token", TextField.class).setText(token());
    }

    private int port() {
        return plane.uri().getPort();
    }

    private static Button card(ScreenBench on, String name) {
        return on.find("#connection-" + name, Button.class);
    }

    private String token() {
        try {
            return Files.readString(plane.tokenFile()).strip();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ScreenBench shown() {
        return ScreenBench.showing(bench -> new ConnectionsScreen(bench, parts()));
    }

    private ConnectionParts parts() {
        Secrets secrets = new Secrets(
                new KeyBunch(keyring), new EncryptedTokens(folder.resolve("tokens.json"), new SecureRandom()));
        MeshConnection made = (MeshConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MeshConnection.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new ConnectionParts(file(), secrets, board, (profile, token) -> made, Runnable::run, Runnable::run);
    }

    private ProfileFile file() {
        return new ProfileFile(folder.resolve("connections.json"));
    }

    private StandaloneControlPlane plane(String data) {
        Listen listen = new Listen("127.0.0.1", 0, List.of(), Optional.of(new Listen.OwnAuthority()));
        return StandaloneControlPlane.start(
                new ControlPlaneOptions(
                        "kept", listen, folder.resolve(data), ControlPlaneOptions.LEASE, Duration.ofHours(1)),
                new RunningMeshes(folder.resolve("run")));
    }

    /** Writes down what the console is put on. */
    private static final class Board implements Switchboard {

        private Optional<ConnectionProfile> attached = Optional.empty();

        @Override
        public String home() {
            return "embedded";
        }

        @Override
        public Optional<ConnectionProfile> attached() {
            return attached;
        }

        @Override
        public void attach(ConnectionProfile profile, MeshConnection connection) {
            assertThat(profile.environment()).isEqualTo(Environment.TEST);
            attached = Optional.of(profile);
        }

        @Override
        public void detach() {
            attached = Optional.empty();
        }
    }
}
