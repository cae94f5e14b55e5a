package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.FollowedMesh;
import io.signalbox.mesh.client.attach.JoinedUpdate;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.ReadUpdate;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What followers are told, and how often. */
final class SidecarFeedTest {

    private final ManualTime time = new ManualTime();
    private final SidecarFeed feed = new SidecarFeed(time, time);

    @Test
    void eachOfFewFollowersIsToldOfEachChangeAtOnce() {
        Heard heard = follow();

        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-2"));

        assertThat(heard.changes()).hasSize(2);
        assertThat(heard.endpoints(1, "catalog")).containsExactly("c-2");
    }

    @Test
    void manyFollowersAreToldTogetherOfWhatComesInQuickSuccession() {
        feed.warm();
        List<Heard> all = followers(200);
        Heard heard = all.getLast();

        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-2"));
        feed.tell("stock", told("s-1"));
        assertThat(heard.changes()).hasSize(1);

        time.advance(Duration.ofMillis(20));
        assertThat(heard.changes()).hasSize(2);
        assertThat(heard.endpoints(1, "catalog")).containsExactly("c-2");
        assertThat(heard.endpoints(1, "stock")).containsExactly("s-1");
        assertThat(all).allMatch(one -> one.changes().size() == 2);
    }

    @Test
    void howeverManyFollowThereAreTheyWaitAtMostFiftyMilliseconds() {
        feed.warm();
        Heard heard = followers(3_000).getLast();
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-2"));

        time.advance(Duration.ofMillis(49));
        assertThat(heard.changes()).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(heard.changes()).hasSize(2);
    }

    @Test
    void whileInstancesComeBackAfterAStartManyFollowersAreToldTenTimesAsSeldom() {
        Heard heard = followers(200).getLast();
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-1", "c-2"));

        time.advance(Duration.ofMillis(199));
        assertThat(heard.changes()).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(heard.changes()).hasSize(2);
        assertThat(heard.endpoints(1, "catalog")).containsExactly("c-1", "c-2");
    }

    @Test
    void whatIsMoreThanAnInstanceThatComesBackWaitsNoLongerThanInAWarmMesh() {
        Heard heard = followers(200).getLast();
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-1", "c-2"));
        time.advance(Duration.ofMillis(5));
        feed.tell("stock", written("s-1"));

        time.advance(Duration.ofMillis(14));
        assertThat(heard.changes()).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(heard.changes()).hasSize(2);
        assertThat(heard.endpoints(1, "catalog")).containsExactly("c-1", "c-2");
        assertThat(heard.endpoints(1, "stock")).containsExactly("s-1");
    }

    @Test
    void whoLeavesOrFailsWhileItIsColdIsToldOfAsSoon() {
        Heard heard = followers(200).getLast();
        feed.tell("catalog", told("c-1", "c-2"));
        feed.tell("catalog", told("c-1"));
        time.advance(Duration.ofMillis(20));
        assertThat(heard.changes()).hasSize(2);

        feed.tell(Map.of());
        time.advance(Duration.ofMillis(20));
        assertThat(heard.changes()).hasSize(3);
    }

    @Test
    void afterSomethingUrgentInstancesThatComeBackWaitAsLongAsBefore() {
        Heard heard = followers(200).getLast();
        feed.tell("stock", written("s-1"));
        feed.tell("catalog", told("c-1"));

        time.advance(Duration.ofMillis(199));
        assertThat(heard.changes()).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(heard.changes()).hasSize(2);
    }

    @Test
    void theFirstInstanceOfAServiceThatHasAPolicyWaitsAsTheOthers() {
        Heard heard = followers(200).getLast();
        SidecarFeed.Told written = written("s-1");
        feed.tell(
                "stock",
                new SidecarFeed.Told(
                        written.config().withEndpoints(List.of()), ServiceUpdate.Standing.ABSENT, List.of()));
        feed.tell("catalog", told("c-1"));
        feed.tell("stock", written);

        time.advance(Duration.ofMillis(199));
        assertThat(heard.changes()).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(heard.endpoints(1, "stock")).containsExactly("s-1");
    }

    @Test
    void onceItIsWarmNobodyWaitsAsLongAsWhileItWasCold() {
        Heard heard = followers(200).getLast();
        feed.tell("catalog", told("c-1"));
        feed.warm();
        feed.tell("catalog", told("c-2"));

        time.advance(Duration.ofMillis(20));
        assertThat(heard.endpoints(1, "catalog")).containsExactly("c-2");
    }

    @Test
    void whoComesMeanwhileKnowsTheNewestAndIsToldItOnceMore() {
        feed.warm();
        List<Heard> _ = followers(200);
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-2"));

        Heard late = follow();
        time.advance(Duration.ofMillis(50));

        assertThat(late.wholes()).hasSize(1);
        assertThat(late.endpoints(0, "catalog")).containsExactly("c-2");
    }

    @Test
    void thatSilenceMeansGoneIsToldAfterWhatCameBefore() {
        Heard heard = followers(200).getFirst();
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-2"));

        feed.warm();

        assertThat(heard.frames.stream().map(SidecarFeed.Frame::event))
                .containsExactly(MeshUpdate.MESH, MeshUpdate.CHANGE, MeshUpdate.CHANGE, MeshUpdate.WARM);
    }

    @Test
    void whatIsNoLongerInAWholeIsRemoved() {
        feed.tell(Map.of("catalog", told("c-1"), "stock", told("s-1")));
        Heard heard = follow();

        feed.tell(Map.of("stock", told("s-1")));

        assertThat(heard.changes().getFirst().removed()).containsExactly("catalog");
        assertThat(heard.changes().getFirst().services()).isEmpty();
    }

    @Test
    void whoAsksForDifferencesIsToldOfNewEndpointsAlone() {
        feed.warm();
        Heard differences = follow(ChangeForm.DIFFERENCES);
        Heard services = follow();
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-1", "c-2", "c-3"));

        assertThat(differences.changes().getFirst().services()).hasSize(1);
        MeshUpdate joined = differences.changes().getLast();
        assertThat(joined.services()).isEmpty();
        assertThat(joined.joined()).hasSize(1);
        assertThat(ReadUpdate.of(joined).services().getFirst())
                .isEqualTo(ReadUpdate.of(new MeshUpdate(
                                0,
                                true,
                                List.of(),
                                List.of(JoinedUpdate.of("catalog", endpoints("c-2", "c-3"))),
                                List.of()))
                        .services()
                        .getFirst());
        assertThat(services.changes().getLast().joined()).isEmpty();
        assertThat(services.endpoints(1, "catalog")).containsExactly("c-1", "c-2", "c-3");
    }

    @Test
    void anyOtherDifferenceIsToldWholeToEverybody() {
        feed.warm();
        Heard differences = follow(ChangeForm.DIFFERENCES);
        feed.tell("catalog", told("c-1", "c-2"));
        feed.tell("catalog", told("c-2", "c-3"));
        feed.tell("catalog", told("c-2"));
        feed.tell(
                "catalog",
                new SidecarFeed.Told(told("c-2", "c-3").config(), ServiceUpdate.Standing.REGISTERED, List.of("c-4")));

        assertThat(differences.changes())
                .hasSize(4)
                .allMatch(change -> change.joined().isEmpty());
        assertThat(differences.changes()).allMatch(change -> change.services().size() == 1);
    }

    @Test
    void whatCameTogetherWhileOthersRestedIsOneDifference() {
        feed.warm();
        Heard heard = followers(200, ChangeForm.DIFFERENCES).getFirst();
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-1", "c-2"));
        feed.tell("catalog", told("c-1", "c-2", "c-3"));

        time.advance(Duration.ofMillis(20));
        assertThat(heard.changes()).hasSize(2);
        FollowedMesh mesh = new FollowedMesh();
        heard.changes().forEach(change -> mesh.change(ReadUpdate.of(change)));
        assertThat(mesh.running().get("catalog"))
                .isEqualTo(told("c-1", "c-2", "c-3").config());
    }

    private Heard follow() {
        return follow(ChangeForm.SERVICES);
    }

    private Heard follow(ChangeForm form) {
        Heard heard = new Heard(form);
        feed.follow(heard);
        return heard;
    }

    private List<Heard> followers(int many) {
        return followers(many, ChangeForm.SERVICES);
    }

    private List<Heard> followers(int many, ChangeForm form) {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            all.add(follow(form));
        }
        return all;
    }

    private static SidecarFeed.Told told(String... instances) {
        List<Endpoint> endpoints = endpoints(instances);
        return new SidecarFeed.Told(
                new ServiceConfig(TrafficPolicy.defaults(endpoints.getFirst().service()), Optional.empty(), endpoints),
                ServiceUpdate.Standing.REGISTERED,
                List.of());
    }

    /** The same with a policy that somebody wrote. */
    private static SidecarFeed.Told written(String instance) {
        List<Endpoint> endpoints = endpoints(instance);
        return new SidecarFeed.Told(
                new ServiceConfig(
                        TrafficPolicy.defaults(endpoints.getFirst().service()),
                        Optional.empty(),
                        endpoints,
                        List.of(),
                        1),
                ServiceUpdate.Standing.REGISTERED,
                List.of());
    }

    private static List<Endpoint> endpoints(String... instances) {
        return Stream.of(instances)
                .map(instance -> new Endpoint(
                        instance.startsWith("c") ? "catalog" : "stock",
                        instance,
                        "v1",
                        "127.0.0.1",
                        8_080,
                        Protocol.HTTP,
                        null))
                .toList();
    }

    private static final class Heard implements SidecarFeed.Follower {

        private final ChangeForm form;
        private final List<SidecarFeed.Frame> frames = new ArrayList<>();

        private Heard(ChangeForm form) {
            this.form = form;
        }

        @Override
        public ChangeForm form() {
            return form;
        }

        @Override
        public boolean offer(SidecarFeed.Frame frame) {
            return frames.add(frame);
        }

        @Override
        public void restart(Supplier<SidecarFeed.Frame> whole) {
            frames.add(whole.get());
        }

        List<MeshUpdate> changes() {
            return of(MeshUpdate.CHANGE);
        }

        List<MeshUpdate> wholes() {
            return of(MeshUpdate.MESH);
        }

        List<String> endpoints(int change, String service) {
            FollowedMesh mesh = new FollowedMesh();
            mesh.change(ReadUpdate.of(changes().get(change)));
            return Objects.requireNonNull(mesh.running().get(service)).endpoints().stream()
                    .map(Endpoint::instanceId)
                    .toList();
        }

        private List<MeshUpdate> of(String event) {
            return frames.stream()
                    .filter(frame -> frame.event().equals(event))
                    .map(frame -> Json.read(new String(frame.data(), StandardCharsets.UTF_8), MeshUpdate.class))
                    .toList();
        }
    }
}
