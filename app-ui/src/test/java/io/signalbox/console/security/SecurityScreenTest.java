package io.signalbox.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SecuritySketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.whatif.WhatIfSketch;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.routing.Reach.Extent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.GridPane;
import org.junit.jupiter.api.Test;

class SecurityScreenTest {

    private static final String PAYMENT = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: payment\n"
            + "authorization: { default: deny, mode: dry-run }\n";

    @Test
    void theListSaysWhoMayCallWhomAndByWhichRule() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, SecuritySketch::of);

            assertThat(on.words())
                    .contains("checkout", "storefront", "Some of it", "no-refunds, storefront")
                    .contains("unknown callers", "all others", "Nothing", "Default, dry run", "24")
                    .contains("Where a service’s policy says nothing, everybody of the mesh may call.");
        });
    }

    @Test
    void whatWasDeniedIsShownWithItsRuleTheLatestFirst() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, SecuritySketch::of);
            open(on, "Denied calls");

            assertThat(on.words())
                    .contains("intruder", "checkout GET /orders", "Denied", "24")
                    .contains("payment POST /charge", "Dry run", "812", "no-refunds");
            assertThat(table(on, "#security-denied").getItems()).hasSize(3);
        });
    }

    @Test
    void oneCallIsAllowedByOnePressForAReasonAndTakenBack() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1200, SecuritySketch::of);
            on.mesh.policies().put(PAYMENT, new ChangeNote("mira", ""));
            open(on, "Denied calls");
            on.mesh.requests().wouldBe(List.of(WhatIfSketch.full()));
            on.press("Allow this call…: checkout, payment");
            assertThat(on.words()).contains("Let checkout call payment?");
            assertThat(on.words()).anyMatch(words -> words.contains("3 would be denied by rule no-guests."));
            assertThat(on.words())
                    .anyMatch(words -> words.startsWith("checkout may then ask payment for POST /charge"));
            on.answer("it pays", "Allow");

            assertThat(on.mesh.asked()).containsExactly("policy by console: it pays");
            assertThat(on.mesh.policy("payment").yaml())
                    .contains("name: allow-checkout", "- checkout", "path: /charge", "- POST");

            on.press("Undo…");
            on.answer("no more", "Undo");
            assertThat(on.mesh.asked()).contains("undo payment by console: no more");
            assertThat(on.mesh.policy("payment").yaml()).doesNotContain("allow-checkout");
        });
    }

    @Test
    void aCallerThatIsSeenIsKeptOutByOnePress() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1200, SecuritySketch::of);
            on.mesh.policies().put(PAYMENT.replace("payment", "catalog"), new ChangeNote("mira", ""));
            on.press("Deny…: storefront, catalog");
            on.answer("closed", "Deny");

            assertThat(on.mesh.policy("catalog").yaml()).contains("name: deny-storefront", "action: deny");
        });
    }

    @Test
    void whatARuleDeniesIsChangedWhereTheRuleIs() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1200, SecuritySketch::of);
            open(on, "Denied calls");
            on.press("Open policy: storefront, checkout");

            assertThat(on.opened).containsExactly("POLICIES checkout");
        });
    }

    @Test
    void nothingIsPutInForceOverAnotherChange() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1200, SecuritySketch::of);
            on.mesh.policies().put(PAYMENT, new ChangeNote("mira", ""));
            open(on, "Denied calls");
            on.press("Allow this call…: checkout, payment");
            on.mesh.policies().put(PAYMENT.replace("dry-run", "enforce"), new ChangeNote("jonas", ""));
            on.answer("it pays", "Allow");

            assertThat(on.mesh.policy("payment").yaml())
                    .contains("mode: enforce")
                    .doesNotContain("allow-checkout");
        });
    }

    @Test
    void theMatrixHasASignAndAWordForEveryPair() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 860, SecuritySketch::of);
            open(on, "Matrix");
            on.time.advance(Duration.ofSeconds(1));

            assertThat(Nodes.all(on.root(), Label.class).stream().map(Node::getAccessibleText))
                    .contains(
                            "storefront may call checkout: Some of it",
                            "intruder may call checkout: Nothing",
                            "unknown callers may call catalog: Everything");
        });
    }

    @Test
    void aMatrixOfTwentyServicesFitsIntoANarrowWindow() {
        Fx.run(() -> {
            ScreenBench on = shown(
                    Locale.GERMAN,
                    860,
                    mesh -> mesh.secure(
                            new AuthorizationStatus(
                                    Action.ALLOW,
                                    Mode.ENFORCE,
                                    IntStream.range(0, 20)
                                            .mapToObj(i -> new AuthorizationStatus.ServiceAccess(
                                                    "service-" + i,
                                                    0,
                                                    Action.ALLOW,
                                                    Mode.ENFORCE,
                                                    0,
                                                    Extent.ALL,
                                                    List.of()))
                                            .toList(),
                                    List.of()),
                            List.of()));
            open(on, "Matrix");
            on.time.advance(Duration.ofSeconds(2));

            assertThat(on.find("#security-matrix", GridPane.class).prefWidth(-1))
                    .isLessThan(860);
        });
    }

    @Test
    void aMatrixComesInAFewCallersAtATimeOnceSomebodyLooks() {
        Fx.run(() -> {
            ScreenBench on = shown(
                    Locale.ENGLISH,
                    860,
                    mesh -> mesh.secure(
                            new AuthorizationStatus(
                                    Action.ALLOW,
                                    Mode.ENFORCE,
                                    IntStream.range(0, 40)
                                            .mapToObj(i -> new AuthorizationStatus.ServiceAccess(
                                                    "service-" + i,
                                                    0,
                                                    Action.ALLOW,
                                                    Mode.ENFORCE,
                                                    0,
                                                    Extent.ALL,
                                                    List.of()))
                                            .toList(),
                                    List.of()),
                            List.of()));
            on.time.advance(Duration.ofSeconds(2));
            assertThat(on.root().lookup("#security-matrix")).isNull();

            open(on, "Matrix");
            GridPane matrix = on.find("#security-matrix", GridPane.class);
            assertThat(matrix.getChildren()).hasSizeBetween(40, 200);

            on.time.advance(Duration.ofSeconds(2));
            assertThat(matrix.getChildren()).hasSize(40 + 41 * 41);
        });
    }

    @Test
    void certificatesSayHowLongTheyHaveYet() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, SecuritySketch::of);
            open(on, "Identities");

            assertThat(on.words())
                    .contains("payment-1", "Good", "spiffe://corner-shop.signalbox/service/payment")
                    .anyMatch(words -> words.matches("40.min"));
        });
    }

    @Test
    void emptyListsSayWhatWouldBeInThem() {
        Fx.run(() -> {
            ScreenBench on = shown(
                    Locale.GERMAN,
                    860,
                    mesh -> mesh.secure(
                            new AuthorizationStatus(
                                    Action.ALLOW,
                                    Mode.ENFORCE,
                                    List.of(new AuthorizationStatus.ServiceAccess(
                                            "catalog", 0, Action.ALLOW, Mode.ENFORCE, 0, Extent.ALL, List.of())),
                                    List.of()),
                            List.of()));
            open(on, "Verweigert");
            assertThat(on.words()).anyMatch(words -> words.startsWith("Kein Ruf wurde verweigert"));
            open(on, "Identitäten");
            assertThat(on.words()).anyMatch(words -> words.startsWith("Keine Zertifikate"));
        });
    }

    @Test
    void aMeshThatDoesNotSayItIsAskedAgain() {
        Fx.run(() -> {
            ScreenBench on = shown(
                    Locale.ENGLISH,
                    860,
                    mesh -> mesh.refuseWith(new MeshException(MeshException.Kind.NOT_FOUND, "no such path")));
            assertThat(on.words()).contains("Who may call whom could not be read", "no such path");
            on.mesh.refuseWith(null);
            SecuritySketch.of(on.mesh);
            on.press("Try again");
            assertThat(on.words()).contains("Some of it");
        });
    }

    @Test
    void everyButtonHasAnAccessibleName() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.GERMAN, 860, SecuritySketch::of);
            open(on, "Verweigert");
            assertThat(Nodes.all(on.root(), MeshButton.class))
                    .isNotEmpty()
                    .allMatch(button -> !button.getText().isBlank() || button.getAccessibleText() != null);
        });
    }

    private static ScreenBench shown(Locale locale, double width, Consumer<FakeMesh> happened) {
        ScreenBench on = new ScreenBench(locale);
        happened.accept(on.mesh);
        on.show(SecurityScreen::new);
        on.scene(width, 800, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.calm());
        on.layout();
        return on;
    }

    private static void open(ScreenBench on, String part) {
        on.layout();
        Nodes.all(on.root(), ToggleButton.class).stream()
                .filter(button -> part.equals(button.getAccessibleText()))
                .findFirst()
                .orElseThrow()
                .fire();
        on.layout();
    }

    private static TableView<?> table(ScreenBench on, String id) {
        return on.find(id, TableView.class);
    }
}
