package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.FollowedMesh;
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
        Heard heard = followers(3_000).getLast();
        feed.tell("catalog", told("c-1"));
        feed.tell("catalog", told("c-2"));

        time.advance(Duration.ofMillis(49));
        assertThat(heard.changes()).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(heard.changes()).hasSize(2);
    }

    @Test
    void whoComesMeanwhileKnowsTheNewestAndIsToldItOnceMore() {
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

    private Heard follow() {
        Heard heard = new Heard();
        feed.follow(heard);
        return heard;
    }

    private List<Heard> followers(int many) {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            all.add(follow());
        }
        return all;
    }

    private static SidecarFeed.Told told(String instance) {
        String service = instance.startsWith("c") ? "catalog" : "stock";
        Endpoint endpoint = new Endpoint(service, instance, "v1", "127.0.0.1", 8_080, Protocol.HTTP, null);
        return new SidecarFeed.Told(
                new ServiceConfig(TrafficPolicy.defaults(service), Optional.empty(), List.of(endpoint)),
                ServiceUpdate.Standing.REGISTERED,
                List.of());
    }

    private static final class Heard implements SidecarFeed.Follower {

        private final List<SidecarFeed.Frame> frames = new ArrayList<>();

        @Override
        public boolean offer(SidecarFeed.Frame frame) {
            return frames.add(frame);
        }

        @Override
        public void restart(SidecarFeed.Frame whole) {
            frames.add(whole);
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
