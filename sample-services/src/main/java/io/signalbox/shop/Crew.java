package io.signalbox.shop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.runtime.MemberSpec;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.runtime.MeshMember;
import io.signalbox.shop.fault.Saboteur;
import io.signalbox.shop.service.Bank;
import io.signalbox.shop.service.Staffing.Post;
import io.signalbox.shop.service.Workplace;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.AppPort;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.MeshClient;
import io.signalbox.shop.web.Neighbours;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Pause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shop's instances at work: each with a port, and all but the bank with a sidecar. Safe from any thread. */
final class Crew implements AutoCloseable {

    private static final String BANK = "bank";

    private final Mesh mesh;
    private final AppHost host;
    private final MeshClient client;
    private final Saboteur saboteur;
    private final long seed;
    private final Pause pause;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, MeshMember> members = new ConcurrentHashMap<>();

    Crew(Mesh mesh, AppHost host, MeshClient client, Saboteur saboteur, long seed, Pause pause) {
        this.mesh = mesh;
        this.host = host;
        this.client = client;
        this.saboteur = saboteur;
        this.seed = seed;
        this.pause = pause;
    }

    /** Opens the bank, outside the mesh; it counts as there since that instant. */
    void openBank(Instant now) {
        String instance = BANK + "-1";
        AppPort port = host.reserve(instance);
        places.put(instance, new Place(BANK, port));
        port.serve(new Bank(new Pace(Chance.of(seed, instance), pause)));
        Map<String, String> metadata = Map.of("version", "v1", "kind", "external", "health_path", "/health");
        mesh.registerExternal(new ServiceInstance(
                BANK, instance, "127.0.0.1", port.number(), Protocol.HTTP, metadata, Health.HEALTHY, now, now));
    }

    /** Gives each instance a port and a sidecar, several at a time, and lets it answer. */
    void open(List<Post> posts) {
        InParallel.each(posts, this::open);
    }

    private void open(Post post) {
        String instance = post.instance();
        AppPort port = host.reserve(instance);
        places.put(instance, new Place(post.service(), port));
        MeshMember member = mesh.join(MemberSpec.service(post.service(), post.version(), instance, port.number()));
        members.put(instance, member);
        Chance chance = Chance.of(seed, instance);
        Neighbours neighbours = new Neighbours(client, member.outbound());
        Workplace place = new Workplace(post.service(), post.version(), instance, neighbours, new Pace(chance, pause));
        port.serve(saboteur.around(post.service(), post.version(), instance, post.at(place, chance), chance));
    }

    /** Stops or starts an instance; one that is held down starts once it is no longer. */
    void switchTo(String instance, Switch position) {
        Place place = places.get(instance);
        if (place == null) {
            throw new UnknownNameException("instance", instance, places.keySet());
        }
        place.switchTo(position);
    }

    /** Stops every instance of the service while on; those that were stopped by hand stay so afterwards. */
    void holdDown(String service, Switch hold) {
        places.values().stream().filter(place -> place.service.equals(service)).forEach(place -> place.holdDown(hold));
    }

    RunState runState(String instance) {
        Place place = places.get(instance);
        if (place == null) {
            return RunState.NOT_MANAGED;
        }
        return switch (place.port.position()) {
            case ON -> RunState.RUNNING;
            case OFF -> RunState.STOPPED;
        };
    }

    /** Lets the sidecars leave the mesh; the ports close with their host. */
    @Override
    public void close() {
        InParallel.each(List.copyOf(members.values()), MeshMember::close);
    }

    private static final class Place {
        private final String service;
        private final AppPort port;

        @GuardedBy("this")
        private Switch wanted = Switch.ON;

        @GuardedBy("this")
        private Switch held = Switch.OFF;

        Place(String service, AppPort port) {
            this.service = service;
            this.port = port;
        }

        synchronized void switchTo(Switch position) {
            wanted = position;
            settle();
        }

        synchronized void holdDown(Switch hold) {
            held = hold;
            settle();
        }

        @GuardedBy("this")
        private void settle() {
            port.switchTo(held == Switch.ON ? Switch.OFF : wanted);
        }
    }
}
