package io.signalbox.console.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.lint.LintFinding;
import io.signalbox.mesh.model.ChangeNote;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoliciesViewModelTest {

    private static final ChangeNote OTHER = new ChangeNote("ada", "a new limit");

    private final FakeMesh mesh = new FakeMesh();
    private final ManualScheduler time = new ManualScheduler();
    private final List<Outcome> told = new ArrayList<>();
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private PoliciesViewModel model =
            new PoliciesViewModel(new Commands(mesh, Runnable::run, Runnable::run), time, "console");
    private long sequence = 7;

    @BeforeEach
    void aMeshThatCallsItself() {
        mesh.deliver(SnapshotFixtures.calm());
    }

    @Test
    void everyServiceStandsThereAndTheFirstIsOpen() {
        begin();
        assertThat(model.rows())
                .extracting(PolicyRow::service)
                .contains("catalog", "checkout", "payment")
                .isSorted();
        assertThat(model.rows()).extracting(PolicyRow::revision).containsOnly(0L);
        assertThat(draft().base().service()).isEqualTo(model.rows().getFirst().service());
        assertThat(draft().edited()).isFalse();
        assertThat(model.judgement().get()).isInstanceOf(Judgement.Sound.class);
    }

    @Test
    void onePolicyThatCannotBeReadKeepsNobodyFromTheOthers() {
        mesh.policies().tell("catalog", "apiVersion: signalbox.io/v9\nkind: TrafficPolicy\nservice: catalog\n");
        begin();
        assertThat(model.rows())
                .extracting(PolicyRow::service)
                .contains("checkout", "payment")
                .doesNotContain("catalog");
        assertThat(model.unread().get())
                .containsExactly(Map.entry(
                        "catalog", "line 1, column 13: apiVersion: signalbox.io/v9 (expected: signalbox.io/v1)"));
    }

    @Test
    void theFilterLeavesThoseWithThatInTheirNames() {
        begin();
        model.filter().set("CAT");
        assertThat(model.rows()).extracting(PolicyRow::service).containsExactly("catalog");
    }

    @Test
    void whatIsTypedIsLookedAtOnceNobodyTypes() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 3");
        assertThat(model.judgement().get()).isEqualTo(new Judgement.Awaited());
        time.advance(PoliciesViewModel.REST);
        assertThat(model.judgement().get()).isInstanceOfSatisfying(Judgement.Wrong.class, wrong -> {
            assertThat(wrong.field()).isEqualTo("timeout");
            assertThat(wrong.value()).isEqualTo("3");
            assertThat(draft().text().lines().toList().get(wrong.line() - 1)).startsWith("timeout:");
        });
    }

    @Test
    void aTextForAnotherServiceIsWrong() {
        open("catalog");
        type("service: catalog", "service: cart");
        time.advance(PoliciesViewModel.REST);
        assertThat(model.judgement().get()).isInstanceOfSatisfying(Judgement.Wrong.class, wrong -> {
            assertThat(wrong.value()).isEqualTo("cart");
            assertThat(wrong.expected()).isEqualTo("catalog");
            assertThat(draft().text().lines().toList().get(wrong.line() - 1)).isEqualTo("service: cart");
        });
    }

    @Test
    void whatATextWouldDoWithTheOtherPoliciesIsSaidBeforeItHolds() {
        open("checkout");
        type("timeout: " + timeout(), "timeout: 300s");
        time.advance(PoliciesViewModel.REST);
        assertThat(model.judgement().get())
                .isInstanceOfSatisfying(
                        Judgement.Sound.class,
                        sound -> assertThat(sound.more())
                                .extracting(LintFinding::rule)
                                .contains(LintFinding.Rule.TIMEOUT_INVERSION));
    }

    @Test
    void appliedItHoldsAndIsInTheHistory() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        time.advance(PoliciesViewModel.REST);
        model.apply("slow disks", told::add);
        assertThat(told).containsExactly(new Outcome.Done());
        assertThat(mesh.asked()).containsExactly("policy by console: slow disks");
        assertThat(draft().edited()).isFalse();
        assertThat(draft().base().revision()).isEqualTo(1);
        assertThat(model.history().get()).hasSize(1);
        assertThat(row("catalog"))
                .isEqualTo(new PolicyRow("catalog", 1, row("catalog").notes(), false));
    }

    @Test
    void aRefusedTextIsKept() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        mesh.refuseWith(new MeshException(MeshException.Kind.FORBIDDEN, "token: none"));
        model.apply("", told::add);
        assertThat(told).containsExactly(new Outcome.Failed(MeshException.Kind.FORBIDDEN, "token: none"));
        assertThat(draft().text()).contains("timeout: 4s");
    }

    @Test
    void whatIsWrittenIsKeptWhileAnotherServiceIsOpen() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        model.open("cart");
        assertThat(row("catalog").edited()).isTrue();
        model.open("catalog");
        assertThat(draft().text()).contains("timeout: 4s");
        model.discard();
        assertThat(row("catalog").edited()).isFalse();
    }

    @Test
    void whatOthersChangeComesInWhereNothingWasWritten() {
        open("catalog");
        othersChange();
        assertThat(draft().base().revision()).isEqualTo(1);
        assertThat(draft().text()).contains("timeout: 9s");
        assertThat(model.newer().get()).isEmpty();
    }

    @Test
    void whatOthersChangeIsOfferedWhereSomethingWasWritten() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        othersChange();
        assertThat(draft().text()).contains("timeout: 4s");
        assertThat(model.newer().get())
                .hasValueSatisfying(text -> assertThat(text.revision()).isEqualTo(1));
        model.keepMine();
        assertThat(model.newer().get()).isEmpty();
        assertThat(draft().changes()).contains("-timeout: 9s", "+timeout: 4s");
    }

    @Test
    void whoeverDoesNotKnowYetThatSomebodyWasFirstIsRefused() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        putByOther();
        model.apply("", told::add);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(MeshException.Kind.CONFLICT));
        assertThat(mesh.asked()).isEmpty();
        assertThat(draft().text()).contains("timeout: 4s");
        assertThat(model.newer().get()).isPresent();
    }

    @Test
    void undoBringsBackWhatHeld() {
        open("catalog");
        String before = draft().text();
        type("timeout: " + timeout(), "timeout: 4s");
        model.apply("", told::add);
        assertThat(PolicyChange.anyToUndo(model.history().get())).isTrue();
        model.undo(told::add);
        assertThat(draft().text()).isEqualTo(before);
        assertThat(PolicyChange.anyToUndo(model.history().get())).isFalse();
        assertThat(mesh.asked()).containsExactly("policy by console", "undo catalog by console");
    }

    @Test
    void aPolicyThatSomebodyDeletedIsBroughtBack() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        model.apply("", told::add);
        String put = draft().text();
        mesh.deletePolicy("catalog", OTHER);
        happened(new MeshEvent.PolicyChanged("catalog", 2, OTHER));
        assertThat(draft().base().revision()).isZero();

        model.undo(told::add);

        assertThat(told.getLast()).isInstanceOf(Outcome.Done.class);
        assertThat(draft().text()).isEqualTo(put);
    }

    @Test
    void textForAServiceThatWentAwayStaysUntilItIsDiscarded() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        mesh.deliver(SnapshotFixtures.empty());
        happened(new MeshEvent.InstanceLeft("catalog", "catalog-1", MeshEvent.Departure.DEREGISTERED));
        assertThat(draft().text()).contains("timeout: 4s");
        assertThat(model.rows()).extracting(PolicyRow::service).containsExactly("catalog");
        model.discard();
        assertThat(model.rows()).isEmpty();
    }

    @Test
    void whatWasLeftHalfLookedAtIsLookedAtWhenTheScreenIsShownAgain() {
        open("catalog");
        type("timeout: " + timeout(), "timeout: 3");
        model.close();
        time.advance(PoliciesViewModel.REST);
        assertThat(model.judgement().get()).isEqualTo(new Judgement.Awaited());
        model.resume();
        time.advance(PoliciesViewModel.REST);
        assertThat(model.judgement().get()).isInstanceOf(Judgement.Wrong.class);
    }

    @Test
    void aChangeThatCouldNotBeReadIsReadWithTheNextPicture() {
        open("catalog");
        mesh.refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "busy"));
        othersChange();
        mesh.refuseWith(null);
        model.follow(sequence);
        assertThat(draft().text()).contains("timeout: 9s");
    }

    @Test
    void anothersHistoryIsNotShownWhileTheOwnIsRead() {
        model = slow();
        open("catalog");
        putByOther();
        model.open("catalog");
        answered();
        assertThat(model.history().get()).hasSize(1);
        model.open("cart");
        assertThat(model.history().get()).isEmpty();
    }

    @Test
    void whatIsTypedWhileAChangeIsUnderWayIsKept() {
        model = slow();
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        model.apply("", told::add);
        type("timeout: 4s", "timeout: 5s");
        answered();
        assertThat(told).containsExactly(new Outcome.Done());
        assertThat(draft().base().revision()).isEqualTo(1);
        assertThat(draft().changes()).contains("-timeout: 4s", "+timeout: 5s");
        assertThat(model.newer().get()).isEmpty();
    }

    @Test
    void aServiceThatIsOpenedWhileAChangeIsUnderWayStaysOpen() {
        model = slow();
        open("catalog");
        type("timeout: " + timeout(), "timeout: 4s");
        model.apply("", told::add);
        model.open("cart");
        answered();
        assertThat(draft().base().service()).isEqualTo("cart");
        assertThat(row("catalog").revision()).isEqualTo(1);
        assertThat(row("catalog").edited()).isFalse();
    }

    @Test
    void aMeshThatDoesNotTellIsAskedAgain() {
        mesh.refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "stopping"));
        model.follow(sequence);
        assertThat(model.reading().get()).isEqualTo(new Reading.Failed("stopping"));
        mesh.refuseWith(null);
        model.follow(sequence);
        assertThat(model.reading().get()).isEqualTo(new Reading.Told());
    }

    private void begin() {
        model.follow(sequence);
        answered();
    }

    /** One whose mesh takes its time. */
    private PoliciesViewModel slow() {
        return new PoliciesViewModel(new Commands(mesh, calls::addLast, Runnable::run), time, "console");
    }

    private void answered() {
        for (Runnable next = calls.pollFirst(); next != null; next = calls.pollFirst()) {
            next.run();
        }
    }

    private void open(String service) {
        model.open(service);
        begin();
        assertThat(draft().base().service()).isEqualTo(service);
    }

    private String timeout() {
        return draft().text()
                .lines()
                .filter(line -> line.startsWith("timeout: "))
                .findFirst()
                .orElseThrow()
                .substring("timeout: ".length());
    }

    private void type(String before, String after) {
        String text = draft().text();
        assertThat(text).contains(before);
        model.write(text.replace(before, after));
    }

    private void putByOther() {
        mesh.policies().put("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: 9s\n", OTHER);
    }

    private void othersChange() {
        putByOther();
        happened(new MeshEvent.PolicyChanged("catalog", 1, OTHER));
    }

    private void happened(MeshEvent event) {
        sequence++;
        mesh.record(new RecordedEvent(sequence, SnapshotFixtures.AT, event));
        model.follow(sequence);
    }

    private Draft draft() {
        return model.open().get().orElseThrow();
    }

    private PolicyRow row(String service) {
        return model.rows().stream()
                .filter(row -> row.service().equals(service))
                .findFirst()
                .orElseThrow();
    }
}
