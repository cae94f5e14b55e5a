package io.signalbox.mesh.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a sidecar makes of what it is told, and of silence. */
final class FollowedMeshTest {

    private final FollowedMesh followed = new FollowedMesh();

    @Test
    void aWholeOfAWarmControlPlaneReplacesWhatWasKnown() {
        followed.whole(whole(1, true, service("catalog", "c-1", "c-2"), service("stock", "s-1")));
        followed.whole(whole(9, true, service("catalog", "c-2"), out("stock", "s-1")));

        assertThat(endpoints("catalog")).containsExactly("c-2");
        assertThat(followed.running()).doesNotContainKey("stock");
        assertThat(followed.revision()).isEqualTo(9);
    }

    @Test
    void anEmptyAnswerOfAControlPlaneThatHasJustStartedTakesNothingAway() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-2"), service("stock", "s-1")));
        followed.whole(whole(1, false));

        assertThat(endpoints("catalog")).containsExactly("c-1", "c-2");
        assertThat(endpoints("stock")).containsExactly("s-1");
    }

    @Test
    void aPartOfTheEndpointsTakesTheRestAwayOnlyOnceTheControlPlaneIsWarm() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-2", "c-3")));
        followed.whole(whole(1, false, service("catalog", "c-2")));
        assertThat(endpoints("catalog")).containsExactlyInAnyOrder("c-1", "c-2", "c-3");

        followed.change(change(2, service("catalog", "c-2", "c-1")));
        assertThat(endpoints("catalog")).containsExactlyInAnyOrder("c-1", "c-2", "c-3");

        followed.warm(3);
        assertThat(endpoints("catalog")).containsExactlyInAnyOrder("c-1", "c-2");
    }

    @Test
    void instancesThatComeBackOneByOneInAnyOrderChangeNothingThatRunsOrIsKept() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-2", "c-3"), service("stock", "s-1")));
        Map<String, ServiceConfig> before = followed.running();
        Map<String, Optional<ServiceUpdate>> _ = followed.takeChanges();

        followed.whole(whole(1, false));
        assertThat(followed.running()).isSameAs(before);
        followed.change(change(2, service("catalog", "c-3")));
        assertThat(followed.running()).isSameAs(before);
        followed.change(change(3, service("catalog", "c-1", "c-3"), service("stock", "s-1")));
        followed.change(change(4, service("catalog", "c-1", "c-2", "c-3")));

        assertThat(followed.running()).isSameAs(before);
        assertThat(followed.takeChanges()).isEmpty();
    }

    @Test
    void endpointsThatJoinStandBesideThoseThatWereTold() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-3")));
        followed.change(joined(8, "catalog", endpoint("catalog", "c-2", 8_080)));
        assertThat(endpoints("catalog")).containsExactly("c-1", "c-2", "c-3");

        followed.change(joined(9, "catalog", endpoint("catalog", "c-2", 9_999)));
        assertThat(endpoints("catalog")).containsExactly("c-1", "c-2", "c-3");
        assertThat(Objects.requireNonNull(followed.running().get("catalog"))
                        .endpoints()
                        .get(1)
                        .port())
                .isEqualTo(9_999);
        assertThat(followed.revision()).isEqualTo(9);
    }

    @Test
    void endpointsThatJoinWhileColdTakeThePlaceOfThoseThatWereKept() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-2", "c-3")));
        Map<String, ServiceConfig> before = followed.running();
        followed.whole(whole(1, false, service("catalog", "c-2")));
        followed.change(joined(2, "catalog", endpoint("catalog", "c-1", 8_080)));
        assertThat(followed.running()).isSameAs(before);

        followed.warm(3);
        assertThat(endpoints("catalog")).containsExactly("c-1", "c-2");
    }

    @Test
    void endpointsOfAServiceThatCouldNotBeReadAreRefused() {
        followed.change(joined(2, "catalog", endpoint("catalog", "c-1", 8_080)));

        assertThat(followed.running()).isEmpty();
        assertThat(followed.refused())
                .extracting(Acknowledgement.Refusal::service)
                .containsExactly("catalog");
    }

    @Test
    void whoIsTakenOutByNameIsGoneAtOnceAlsoWhileCold() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-2")));
        followed.whole(whole(1, false));
        followed.change(change(2, out("catalog", "c-1")));

        assertThat(endpoints("catalog")).containsExactly("c-2");
    }

    @Test
    void theLastEndpointsOfAServiceThatExpiredAreKeptUntilOthersCome() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-2")));
        followed.change(new ReadUpdate(8, true, List.of(), List.of("catalog")));
        assertThat(endpoints("catalog")).containsExactly("c-1", "c-2");

        followed.change(change(9, service("catalog", "c-3")));
        assertThat(endpoints("catalog")).containsExactly("c-3");
    }

    @Test
    void anEndpointThatComesBackAtAnotherPortIsThereOnce() {
        followed.whole(whole(7, true, service("catalog", "c-1")));
        ServiceUpdate moved = update("catalog", List.of(endpoint("catalog", "c-1", 9_999)), List.of());
        followed.whole(whole(1, false, moved));

        assertThat(running("catalog").endpoints()).containsExactly(endpoint("catalog", "c-1", 9_999));
    }

    @Test
    void aServiceThatCannotBeReadIsRefusedAndGoesOnWhileOthersChange() {
        followed.whole(whole(7, true, service("catalog", "c-1"), service("stock", "s-1")));
        ServiceUpdate bad = Json.read(
                Json.text(service("catalog", "c-2"))
                        .replace(
                                "\"endpoints\"",
                                "\"policy\":{\"apiVersion\":\"signalbox.io/v1\",\"kind\":\"TrafficPolicy\","
                                        + "\"service\":\"catalog\",\"timeout\":\"soon\"},\"endpoints\""),
                ServiceUpdate.class);
        followed.change(change(8, bad, service("stock", "s-2")));

        assertThat(endpoints("catalog")).containsExactly("c-1");
        assertThat(endpoints("stock")).containsExactly("s-2");
        assertThat(followed.refused())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.service()).isEqualTo("catalog"))
                .satisfies(refusal -> assertThat(refusal.revision()).isEqualTo(8))
                .satisfies(refusal -> assertThat(refusal.why()).contains("timeout: soon"));

        followed.change(change(9, service("catalog", "c-3")));
        assertThat(endpoints("catalog")).containsExactly("c-3");
        assertThat(followed.refused()).isEmpty();
    }

    @Test
    void aPolicyThatIsKeptForAServiceWithoutInstancesHoldsForTheEndpointsThatAreKept() {
        followed.whole(whole(7, true, service("catalog", "c-1")));
        ServiceConfig slow =
                new ServiceConfig(policy(Duration.ofSeconds(2)), Optional.empty(), List.of(), List.of(), 3);
        followed.whole(whole(1, false, ServiceUpdate.of(slow, ServiceUpdate.Standing.ABSENT, List.of())));

        assertThat(running("catalog").policy().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(endpoints("catalog")).containsExactly("c-1");
    }

    @Test
    void whatIsKeptOnTheDiskIsWhatRan() {
        followed.whole(whole(7, true, service("catalog", "c-1", "c-2")));
        followed.whole(whole(1, false, service("catalog", "c-3")));
        LastKnown.Kept kept = Json.read(
                Json.text(new LastKnown.Kept(1, "storefront", "storefront-1", Instant.EPOCH, followed.toKeep(), null)),
                LastKnown.Kept.class);
        FollowedMesh again = new FollowedMesh();
        again.remember(kept.services());

        assertThat(again.running()).isEqualTo(followed.running());
    }

    private List<String> endpoints(String service) {
        return running(service).endpoints().stream().map(Endpoint::instanceId).toList();
    }

    private ServiceConfig running(String service) {
        Map<String, ServiceConfig> running = followed.running();
        assertThat(running).containsKey(service);
        return Objects.requireNonNull(running.get(service));
    }

    private static ReadUpdate whole(long revision, boolean warm, ServiceUpdate... services) {
        return ReadUpdate.of(new MeshUpdate(revision, warm, List.of(services), List.of(), List.of()));
    }

    private static ReadUpdate joined(long revision, String service, Endpoint... endpoints) {
        return ReadUpdate.of(new MeshUpdate(
                revision, true, List.of(), List.of(JoinedUpdate.of(service, List.of(endpoints))), List.of()));
    }

    private static ReadUpdate change(long revision, ServiceUpdate... services) {
        return whole(revision, true, services);
    }

    private static ServiceUpdate service(String name, String... instances) {
        return update(
                name, Stream.of(instances).map(id -> endpoint(name, id, 8_080)).toList(), List.of());
    }

    private static ServiceUpdate out(String name, String instance) {
        return ServiceUpdate.of(
                new ServiceConfig(TrafficPolicy.defaults(name), Optional.empty(), List.of()),
                ServiceUpdate.Standing.ABSENT,
                List.of(instance));
    }

    private static ServiceUpdate update(String name, List<Endpoint> endpoints, List<String> out) {
        return ServiceUpdate.of(
                new ServiceConfig(TrafficPolicy.defaults(name), Optional.empty(), endpoints),
                ServiceUpdate.Standing.REGISTERED,
                out);
    }

    private static TrafficPolicy policy(Duration timeout) {
        TrafficPolicy defaults = TrafficPolicy.defaults("catalog");
        return new TrafficPolicy(
                "catalog",
                timeout,
                defaults.balancing(),
                defaults.circuitBreaker(),
                defaults.retry(),
                List.of(),
                defaults.splitting(),
                Optional.empty(),
                defaults.protection());
    }

    private static Endpoint endpoint(String service, String id, int port) {
        return new Endpoint(service, id, "v1", "127.0.0.1", port, Protocol.HTTP, null);
    }
}
