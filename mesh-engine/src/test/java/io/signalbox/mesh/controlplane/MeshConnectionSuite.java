package io.signalbox.mesh.controlplane;

import static io.signalbox.mesh.controlplane.TestMesh.CANARY;
import static io.signalbox.mesh.controlplane.TestMesh.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.Counterfactual;
import io.signalbox.mesh.autopsy.Counterfactual.Outcome;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryRequest;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.Tap;
import io.signalbox.mesh.explain.TraceLine;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.Openings;
import io.signalbox.mesh.routing.Reach.Extent;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.trace.TraceContext;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every connection to a mesh must do, wherever the mesh runs. */
public abstract class MeshConnectionSuite {

    @Test
    void whoMayCallWhomFollowsFromThePoliciesAndWhatTheWholeMeshSays() {
        connection().putPolicy(WHOLE_MESH_DENIES, NOTE);
        connection()
                .putPolicy(
                        authorization("rules: [ { name: shop, action: allow, match: { sources: [shoppers] } } ]"),
                        NOTE);

        AuthorizationStatus status = connection().authorization();

        assertThat(status.otherwise()).isEqualTo(Action.DENY);
        assertThat(status.extent("shoppers", "catalog")).isEqualTo(Extent.ALL);
        assertThat(status.extent("cart", "catalog")).isEqualTo(Extent.NONE);
        assertThat(status.extent("unknown", "catalog")).isEqualTo(Extent.NONE);
        assertThat(status.extent("shoppers", "reviews")).isEqualTo(Extent.NONE);
        assertThat(mesh().catalog.config().services().keySet()).doesNotContain("*");
        assertThat(mesh().catalog.config().services())
                .hasEntrySatisfying(
                        "reviews",
                        reviews -> assertThat(reviews.policy().authorization().effectiveDefault())
                                .isEqualTo(Action.DENY));
        assertThat(connection().policy("*").yaml()).contains("default: deny");

        connection().undo("*", NOTE);
        assertThat(connection().authorization().extent("cart", "reviews")).isEqualTo(Extent.ALL);
    }

    @Test
    void anUndoOfWhatNobodySawIsAConflict() {
        long revision = connection().putPolicy(CANARY, NOTE).revision();

        assertThatThrownBy(() -> connection().undo("catalog", OptionalLong.of(revision + 1), NOTE))
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.CONFLICT));
        assertThat(connection().undo("catalog", OptionalLong.of(revision), NOTE).revision())
                .isEqualTo(revision + 1);
    }

    @Test
    void aDeletedPolicyIsUndoneByWhomItWasShownTo() {
        String put = connection().putPolicy(CANARY, NOTE).yaml();
        connection().deletePolicy("catalog", NOTE);
        long shown = connection().policy("catalog").revision();
        assertThat(shown).isZero();

        assertThat(connection().undo("catalog", OptionalLong.of(shown), NOTE).yaml())
                .isEqualTo(put);

        connection().deletePolicy("catalog", NOTE);
        long newest = connection().history("catalog").getFirst().revision();
        assertThat(connection().undo("catalog", OptionalLong.of(newest), NOTE).yaml())
                .isEqualTo(put);
    }

    @Test
    void deniedCallsAreOneEntryWithANumberAndOneEventAMinute() {
        for (int i = 0; i < 3; i++) {
            mesh().catalog.arrived("cart", AccessDecision.DENIED, "no-carts");
            mesh().catalog.arrived("shoppers", AccessDecision.ALLOWED, null);
            mesh().time.advance(ControlPlane.TICK);
        }

        assertThat(connection().authorization().seen())
                .extracting(calls -> calls.source() + " " + calls.decision() + " " + calls.rule() + " " + calls.count())
                .containsExactlyInAnyOrder("cart DENIED no-carts 3", "shoppers ALLOWED  3");
        assertThat(denials()).hasSize(1);

        mesh().time.advance(Duration.ofMinutes(1));
        assertThat(denials()).extracting(MeshEvent.CallsDenied::count).containsExactly(1L, 2L);
    }

    private List<MeshEvent.CallsDenied> denials() {
        return connection().events(0, 1_000).stream()
                .map(RecordedEvent::event)
                .filter(MeshEvent.CallsDenied.class::isInstance)
                .map(MeshEvent.CallsDenied.class::cast)
                .toList();
    }

    private static String authorization(String fields) {
        return "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\nauthorization: { " + fields
                + " }\n";
    }

    private static final String WHOLE_MESH_DENIES =
            "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\n" + "service: \"*\"\nauthorization: { default: deny }\n";

    private static final EjectionStatus EJECTION = new EjectionStatus(
            EjectionReason.LOW_SUCCESS_RATE,
            "40.0 % of 20 calls succeeded",
            2,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(30),
            1,
            3);

    protected abstract TestMesh mesh();

    protected abstract MeshConnection connection();

    @Test
    void theSnapshotIsTheControlPlanes() {
        mesh().put(CANARY);
        mesh().shoppers
                .calls(9, "catalog", "v1", "catalog-1")
                .calls(3, "catalog", "v2", "catalog-v2-1", 503, Duration.ofMillis(7))
                .ejected("catalog-1", EJECTION)
                .circuit("catalog", "catalog-1", BreakerState.HALF_OPEN, "drill");
        mesh().controlPlane.scenario().attach(new FakeScenario());
        MeshSnapshot snapshot = mesh().tick();

        assertThat(connection().snapshot()).isEqualTo(snapshot);
        assertThat(connection().snapshot().breakers().getFirst().ejection()).isEqualTo(EJECTION);
    }

    @Test
    void aSubscriptionBeginsWithTheMeshAsItIsAndFollowsIt() {
        List<MeshSnapshot> seen = new CopyOnWriteArrayList<>();
        try (MeshConnection.Subscription _ = connection().subscribe(seen::add)) {
            await().until(() -> !seen.isEmpty());
            MeshSnapshot next = mesh().tick();
            await().until(() -> seen.contains(next));
        }
        int count = seen.size();
        mesh().tick();
        assertThat(seen).hasSize(count).isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
    }

    @Test
    void closingASubscriptionTwiceDoesNothing() {
        MeshConnection.Subscription subscription = connection().subscribe(_ -> {});
        subscription.close();
        subscription.close();
    }

    @Test
    void everyKindOfEventArrivesAsItWasRecorded() {
        mesh().put(CANARY);
        connection().setWeights("catalog", Map.of("v2", new Weight(40)), NOTE);
        connection().setDraining("catalog", "catalog-1", Switch.ON, NOTE);
        mesh().controlPlane.scenario().attach(new FakeScenario());
        connection().switchFault("payment-burst", Switch.ON, NOTE);
        connection().setLoad(50, NOTE);
        connection().switchInstance("catalog-1", Switch.OFF, NOTE);
        mesh().events
                .append(new MeshEvent.BreakerMoved(
                        EdgeId.parse("a->b"),
                        "a-1",
                        "b-1",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "why",
                        new CircuitReason.FailureRate(new WindowCounts(20, 10, 1), 0.5)));
        mesh().events
                .append(new MeshEvent.CertificateIssued(
                        "a", "a-1", "spiffe://x/a", mesh().time.instant()));
        mesh().controlPlane.members().deregister("reviews", Optional.empty());

        List<RecordedEvent> events = connection().events(0, 1_000);
        assertThat(events).isEqualTo(mesh().events.after(0, 1_000));
        assertThat(events)
                .extracting(event -> event.event().getClass().getSimpleName())
                .contains(
                        "WeightChanged",
                        "DrainChanged",
                        "FaultSwitched",
                        "LoadChanged",
                        "InstancePowerChanged",
                        "InstanceLeft");
        assertThat(connection().events(events.getLast().sequence() - 2, 1_000)).hasSize(2);
        assertThat(connection().events(0, 3)).isEqualTo(events.subList(events.size() - 3, events.size()));
    }

    @Test
    void aPolicyIsPutReadAndDeleted() {
        MeshConnection.PolicyText put = connection().putPolicy(CANARY, NOTE);

        assertThat(put.revision()).isEqualTo(1);
        assertThat(put.service()).isEqualTo("catalog");
        assertThat(connection().policy("catalog")).isEqualTo(put);
        assertThat(PolicyFormat.read(put.yaml())).isEqualTo(PolicyFormat.read(CANARY));
        assertThat(mesh().controlPlane.policies().current("catalog").note()).isEqualTo(NOTE);
        connection().deletePolicy("catalog", NOTE);
        assertThat(connection().policy("catalog").revision()).isZero();
    }

    @Test
    void aPolicyIsNotPutOverOneThatTheCallerHasNotSeen() {
        connection().putPolicy(CANARY, OptionalLong.of(0), NOTE);

        refused(
                MeshException.Kind.CONFLICT,
                "revision: 0 (expected: 1, the one in force for catalog)",
                () -> connection().putPolicy(CANARY, OptionalLong.of(0), NOTE));
        assertThat(connection().putPolicy(CANARY, OptionalLong.of(1), NOTE).revision())
                .isEqualTo(2);
    }

    @Test
    void aChangeWaitsToBeConfirmedAndIsTakenBackOrStands() {
        MeshConnection confirming = connection().confirming(Duration.ofSeconds(60));
        confirming.putPolicy(CANARY, NOTE);
        PendingChange pending = connection().confirmations().pending().getFirst();
        assertThat(pending.service()).isEqualTo("catalog");
        assertThat(pending.revision()).isEqualTo(1);
        assertThat(pending.leftMillis()).isEqualTo(60_000);
        assertThatThrownBy(() -> connection().confirmations().confirm("catalog", OptionalLong.of(7), NOTE))
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.CONFLICT));
        connection().confirmations().confirm("catalog", OptionalLong.of(1), NOTE);
        assertThat(connection().confirmations().pending()).isEmpty();

        confirming.setWeights("catalog", Map.of("v2", new Weight(40)), NOTE);
        assertThat(connection()
                        .confirmations()
                        .revert("catalog", OptionalLong.of(2), NOTE)
                        .revision())
                .isEqualTo(3);
        confirming.deletePolicy("catalog", NOTE);
        assertThat(connection().confirmations().pending()).hasSize(1);
        mesh().after(Duration.ofSeconds(61));
        assertThat(connection().writtenPolicies()).containsExactly("catalog");
        refused(
                MeshException.Kind.NOT_FOUND,
                "change to confirm: catalog (expected: none exists yet)",
                () -> connection().confirmations().confirm("catalog", OptionalLong.empty(), NOTE));
    }

    @Test
    void anUnlockedConsoleIsInTheAuditLogWithItsReasonAndNotWithoutOne() {
        connection().recordUnlock(new ChangeNote("mira", "the bank is down"));
        AuditEntry entry = connection().audit(Long.MAX_VALUE, 1).getFirst();
        assertThat(entry.kind()).isEqualTo(AuditEntry.Kind.UNLOCK);
        assertThat(entry.reason()).isEqualTo("the bank is down");
        refused(
                MeshException.Kind.INVALID,
                "reason: nothing (expected: why it has to be unlocked)",
                () -> connection().recordUnlock(new ChangeNote("mira", "")));
    }

    @Test
    void aPolicyMayBeJson() {
        assertThat(connection()
                        .putPolicy(PolicyFormat.json(PolicyFormat.read(CANARY)), NOTE)
                        .revision())
                .isEqualTo(1);
    }

    @Test
    void weightsAndCircuitsAreMoved() {
        connection().putPolicy(CANARY, NOTE);
        connection().setWeights("catalog", Map.of("v2", new Weight(30)), NOTE);
        assertThat(mesh().shoppers.config("catalog").candidateWeight()).contains(new Weight(30));

        mesh().shoppers.circuit("catalog", "catalog-1", BreakerState.CLOSED, null);
        mesh().tick();
        assertThat(connection().commandBreaker("shoppers->catalog", BreakerCommand.OPEN, NOTE))
                .isEqualTo(1);
        assertThat(connection().snapshot().breakers().getFirst().state()).isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void refusalsSayWhatSortTheyAreAndWhatWasExpected() {
        refused(
                MeshException.Kind.NOT_FOUND,
                "service: nobody (expected: one of catalog, reviews)",
                () -> connection().policy("nobody"));
        refused(
                MeshException.Kind.INVALID,
                "line 4, column 52: canary.initialWeight: 120 (expected: 0..100)",
                () -> connection().putPolicy(CANARY.replace("10", "120"), NOTE));
        refused(
                MeshException.Kind.INVALID,
                "version: v7 (expected: a version with a registered instance: v1, v2)",
                () -> {
                    connection().putPolicy(CANARY.replace("v2", "v7"), NOTE);
                    connection().setWeights("catalog", Map.of("v7", new Weight(5)), NOTE);
                });
        refused(
                MeshException.Kind.NOT_FOUND,
                "circuit: a->b (expected: none exists yet)",
                () -> connection().commandBreaker("a->b", BreakerCommand.OPEN, NOTE));
        refused(
                MeshException.Kind.NOT_FOUND,
                "instance: nobody (expected: one of catalog-1, catalog-2, catalog-v2-1)",
                () -> connection().setDraining("catalog", "nobody", Switch.ON, NOTE));
        refused(
                MeshException.Kind.NOT_FOUND,
                "scenario: none (expected: a running demo; it brings faults, load and instances that can be stopped)",
                () -> connection().setLoad(5, NOTE));
    }

    @Test
    void applicationsAreAdoptedListedAndReleased() {
        mesh().controlPlane.adoptions().attach(new FakeAdopter());
        Adoption billing =
                new Adoption(9_000, "billing", "v2", Optional.of("billing-7"), Protocol.GRPC, Set.of("stock"));

        Adopted adopted = connection().adopt(billing, NOTE);

        assertThat(adopted)
                .isEqualTo(new Adopted(
                        "billing",
                        "v2",
                        "billing-7",
                        Protocol.GRPC,
                        9_000,
                        20_001,
                        20_002,
                        20_003,
                        Map.of("stock", 20_004)));
        assertThat(connection().adopted()).containsExactly(adopted);
        connection().release("billing-7", NOTE);
        assertThat(connection().adopted()).isEmpty();
        assertThat(mesh().events.after(0, 1_000).stream().map(RecordedEvent::event))
                .contains(
                        new MeshEvent.AdoptionChanged("billing", "billing-7", 9_000, Switch.ON, NOTE),
                        new MeshEvent.AdoptionChanged("billing", "billing-7", 9_000, Switch.OFF, NOTE));
        refused(
                MeshException.Kind.NOT_FOUND,
                "adopted instance: billing-7 (expected: none exists yet)",
                () -> connection().release("billing-7", NOTE));
    }

    @Test
    void aControlPlaneThatRunsNoSidecarsAdoptsNobody() {
        refused(
                MeshException.Kind.INVALID,
                "port: 9000 (expected: a control plane that runs sidecars; this one does not)",
                () -> connection()
                        .adopt(new Adoption(9_000, "billing", "v1", Optional.empty(), Protocol.HTTP, Set.of()), NOTE));
    }

    @Test
    void theDemoIsDriven() {
        FakeScenario scenario = new FakeScenario();
        mesh().controlPlane.scenario().attach(scenario);
        connection().switchFault("payment-burst", Switch.ON, NOTE);
        connection().setLoad(12.5, NOTE);
        connection().switchInstance("catalog-1", Switch.OFF, NOTE);

        assertThat(scenario.log()).containsExactly("payment-burst ON", "load 12.5", "catalog-1 OFF");
        refused(
                MeshException.Kind.NOT_FOUND,
                "fault: nothing (expected: one of payment-burst)",
                () -> connection().switchFault("nothing", Switch.ON, NOTE));
        refused(
                MeshException.Kind.INVALID,
                "load: 5000.0 (expected: 0..1000)",
                () -> connection().setLoad(5_000, NOTE));
    }

    @Test
    void awkwardReasonsArriveAsTheyWereGiven() {
        var note = new ChangeNote("Mira & Co", "50 % slower?\n+ “ümlaut” #1");
        connection().putPolicy(CANARY, note);

        assertThat(mesh().controlPlane.policies().current("catalog").note()).isEqualTo(note);
    }

    @Test
    void requestsAreListedAndExplainedAsTheyWereKept() {
        mesh().decisions.add(Records.named("r-1", 503, Cause.BREAKER_OPEN));
        mesh().decisions.add(Records.named("r-2", 200, null));

        RequestFilter refusals = new RequestFilter(
                "catalog", RequestFilter.Statuses.parse("5xx"), Duration.ofMillis(1), Cause.BREAKER_OPEN, "/items");
        assertThat(connection().requests().newest(refusals, 10))
                .isEqualTo(mesh().controlPlane.requests().newest(refusals, 10))
                .hasSize(1);
        assertThat(connection().requests().explain("r-1"))
                .isEqualTo(mesh().controlPlane.requests().explain("r-1"))
                .hasSize(1);
        refused(
                MeshException.Kind.NOT_FOUND,
                "request: r-9 (expected: one of r-1, r-2)",
                () -> connection().requests().explain("r-9"));
    }

    @Test
    void aRequestThatNobodySendsIsDecided() {
        mesh().put(CANARY);
        DryRequest request =
                new DryRequest("GET", "http://catalog/items?x=1", Map.of("x-user", "mira & co"), "shoppers");
        mesh().shoppers.circuit("catalog", "catalog-1", BreakerState.OPEN, null);
        mesh().tick();

        DryDecision decision = connection().requests().explain(request);

        assertThat(decision).isEqualTo(mesh().controlPlane.requests().explain(request));
        assertThat(decision.versions()).hasSize(2);
        assertThat(decision.policyRevision()).isEqualTo(1);
        assertThat(decision.circuits())
                .containsExactly(new DryDecision.OpenCircuit(
                        "shoppers-1", "catalog-1", BreakerState.OPEN, "5 failures in a row", null));
    }

    @Test
    void whatAnotherPolicyWouldHaveDoneIsAnsweredAndNotPutInForce() {
        mesh().put(CANARY);
        mesh().decisions.add(Records.named("r-1", 503, Cause.BREAKER_OPEN));

        List<WhatIf> answers = connection().requests().whatIf(Question.of(CANARY.replace("10}", "30}")));

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().recorded()).isEqualTo(1);
        assertThat(answers.getFirst().unknown()).containsExactly(new WhatIf.Unknown(WhatIf.Reason.UNDECIDED, 1));
        assertThat(connection().requests().whatIf(Question.ofWeights("catalog", Map.of("v2", new Weight(30)))))
                .isEqualTo(answers);
        assertThat(connection().policy("catalog").revision()).isEqualTo(1);
        refused(
                MeshException.Kind.INVALID,
                "line 5, column 10: timeout: soon (expected: a duration with a unit, such as 250ms, 5s, 1m30s or 1h)",
                () -> connection().requests().whatIf(Question.of(CANARY + "timeout: soon")));
        refused(
                MeshException.Kind.NOT_FOUND,
                "service: nobody (expected: one of catalog, reviews)",
                () -> connection().requests().whatIf(Question.of(CANARY.replace("catalog", "nobody"))));
    }

    @Test
    void anOpeningIsExplainedWithItsCallsAndWhatOtherSettingsHadDone() {
        mesh().decisions.add(Records.named("r-5", 503, null));
        mesh().shoppers
                .circuit("catalog", "catalog-1", BreakerState.OPEN, null)
                .opened("catalog-1", Openings.counted(mesh().time, 5, 7))
                .circuit("catalog", "catalog-2", BreakerState.CLOSED, null)
                .circuit("reviews", "reviews-1", BreakerState.CLOSED, null)
                .opened("reviews-1", Openings.windowed(mesh().time));
        mesh().tick();

        BreakerAutopsy autopsy = connection().breakers().autopsy("shoppers:catalog");

        assertThat(autopsy).isEqualTo(mesh().controlPlane.breakers().autopsy("shoppers->catalog"));
        assertThat(autopsy.neverOpened()).containsExactly("shoppers-1->catalog-2");
        CircuitAutopsy circuit = autopsy.circuits().getFirst();
        assertThat(circuit.rule()).isEqualTo(CircuitAutopsy.Rule.FAILURES_IN_A_ROW);
        assertThat(circuit.value()).isEqualTo(5);
        assertThat(circuit.calls()).hasSize(5);
        assertThat(circuit.calls().getLast().requestId()).isEqualTo("r-5");
        assertThat(circuit.calls())
                .extracting(RecordedCall::explained)
                .containsExactly(false, false, false, false, true);
        assertThat(circuit.refused().getFirst().calls()).isEqualTo(3);
        assertThat(circuit.counterfactuals())
                .extracting(Counterfactual::outcome)
                .contains(Outcome.OPENS_LATER);
        assertThat(connection()
                        .breakers()
                        .autopsy("shoppers-1:reviews-1")
                        .circuits()
                        .getFirst()
                        .rule())
                .isEqualTo(CircuitAutopsy.Rule.FAILURE_RATE);
    }

    @Test
    void aCircuitOfAWholeServiceIsExplainedAtEachOfItsEndpoints() {
        Opening opening = Openings.ofService(mesh().time, 5, 7);
        mesh().shoppers
                .circuit("catalog", "catalog-1", BreakerState.OPEN, null)
                .opened("catalog-1", opening)
                .circuit("catalog", "catalog-2", BreakerState.OPEN, null)
                .opened("catalog-2", opening);
        mesh().tick();
        for (String name : List.of("shoppers-1:catalog-1", "shoppers-1:catalog-2", "shoppers:catalog")) {
            BreakerAutopsy autopsy = connection().breakers().autopsy(name);
            assertThat(autopsy.circuits()).extracting(CircuitAutopsy::id).containsExactly("shoppers-1->catalog");
            assertThat(autopsy.neverOpened()).isEmpty();
        }
    }

    @Test
    void circuitsThatNeverOpenedOrDoNotExistAreNotExplained() {
        mesh().shoppers.circuit("catalog", "catalog-1", BreakerState.FORCED_OPEN, "drill");
        mesh().tick();
        refused(
                MeshException.Kind.NOT_FOUND,
                "autopsy: shoppers->catalog has never opened by itself (expected: circuits of which one has; of this"
                        + " one none has)",
                () -> connection().breakers().autopsy("shoppers->catalog"));
        refused(
                MeshException.Kind.NOT_FOUND,
                "circuit: shopers->catalogue (expected: shoppers->catalog)",
                () -> connection().breakers().autopsy("shopers:catalogue"));
        refused(
                MeshException.Kind.INVALID,
                "edge: catalog (expected: SOURCE->DESTINATION, such as checkout->payment or checkout-1->payment-2)",
                () -> connection().breakers().autopsy("catalog"));
    }

    @Test
    void aTapDeliversRequestsUntilItIsClosed() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (MeshConnection.Subscription _ = connection()
                .requests()
                .tap(
                        new RequestFilter(null, null, Duration.ZERO, Cause.INTERNAL, null),
                        request -> seen.add(String.valueOf(request.id())))) {
            await().until(() -> {
                mesh().decisions.add(Records.named("good", 200, null));
                mesh().decisions.add(Records.named("bad", 500, Cause.INTERNAL));
                return !seen.isEmpty();
            });
        }
        assertThat(seen).containsOnly("bad");
    }

    @Test
    void aTapThatGetsMoreThanItsBudgetTellsHowManyItLeftOutThoughNothingMoreComes() {
        AtomicLong leftOut = new AtomicLong();
        AtomicLong shown = new AtomicLong();
        try (MeshConnection.Subscription _ = connection().requests().tap(RequestFilter.ALL, new Requests.TapListener() {
            @Override
            public void request(RequestLine request) {
                shown.incrementAndGet();
            }

            @Override
            public void leftOut(long count) {
                leftOut.addAndGet(count);
            }
        })) {
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                for (int i = 0; i < 8; i++) {
                    mesh().decisions.add(Records.named("good", 200, null));
                    mesh().decisions.add(Records.named("bad", 500, Cause.INTERNAL));
                }
                return shown.get() == 2 * Tap.MOST_A_SECOND;
            });
            assertThat(leftOut).hasValue(0);
            mesh().time.advance(Duration.ofSeconds(1));
            await().until(() -> leftOut.get() > 0);
        }
    }

    @Test
    void policiesAreKnownBeforeTheirServicesAre() {
        connection().putPolicy(CANARY.replace("catalog", "later"), NOTE);
        connection().putPolicy(CANARY, NOTE);
        connection().putPolicy(CANARY.replace("catalog", "reviews"), NOTE);
        connection().deletePolicy("reviews", NOTE);

        assertThat(connection().writtenPolicies()).containsExactly("catalog", "later");
    }

    @Test
    void theAuditLogIsReadPageByPageFromTheNewest() {
        connection().putPolicy(CANARY, NOTE);
        connection().setWeights("catalog", Map.of("v2", new Weight(30)), NOTE);
        connection().setDraining("catalog", "catalog-1", Switch.ON, NOTE);

        List<AuditEntry> newest = connection().audit(Long.MAX_VALUE, 2);
        assertThat(newest).extracting(AuditEntry::kind).containsExactly(AuditEntry.Kind.DRAIN, AuditEntry.Kind.WEIGHTS);
        assertThat(newest.getFirst())
                .isEqualTo(new AuditEntry(
                        3,
                        mesh().time.instant(),
                        NOTE.by(),
                        NOTE.reason(),
                        AuditEntry.Kind.DRAIN,
                        "catalog-1",
                        null,
                        "-serving\n+draining"));
        List<AuditEntry> older = connection().audit(newest.getLast().sequence(), 2);
        assertThat(older).extracting(AuditEntry::revision).containsExactly(1L);
        assertThat(older.getFirst().change()).contains("+  initialWeight: 10");
        assertThat(connection().audit(1, 2)).isEmpty();
    }

    @Test
    void whatCannotBeKeptIsUnavailableAndNotInForce() {
        mesh().store.close();

        refused(
                MeshException.Kind.UNAVAILABLE,
                "store: closed (expected: an open one)",
                () -> connection().putPolicy(CANARY, NOTE));
        assertThat(connection().policy("catalog").revision()).isZero();
    }

    @Test
    void tracesAreListedAndRead() {
        Span span = Span.at(
                TraceContext.extract(NO_FIELDS, new Random(3)),
                Span.Kind.CLIENT,
                "shop",
                "catalog",
                "GET /items",
                Records.NOON,
                5,
                200);
        mesh().spans.add(span);

        assertThat(connection().requests().traces(10))
                .extracting(TraceLine::traceId)
                .containsExactly(span.traceId());
        assertThat(connection().requests().trace(span.traceId())).containsExactly(span);
        refused(
                MeshException.Kind.NOT_FOUND,
                "trace: abc (expected: none exists yet)",
                () -> connection().requests().trace("abc"));
    }

    private static final Headers NO_FIELDS = new Headers() {
        @Override
        public @Nullable String first(String name) {
            return null;
        }

        @Override
        public List<String> all(String name) {
            return List.of();
        }
    };

    private static void refused(MeshException.Kind kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage(message);
    }
}
