package io.signalbox.shop;

import io.grpc.ServerServiceDefinition;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.runtime.Joining;
import io.signalbox.mesh.runtime.MemberSpec;
import io.signalbox.mesh.runtime.MeshMember;
import io.signalbox.shop.fault.PlantedFault;
import io.signalbox.shop.fault.Saboteur;
import io.signalbox.shop.line.Dialler;
import io.signalbox.shop.line.LineNeighbours;
import io.signalbox.shop.line.LinePort;
import io.signalbox.shop.line.LineService;
import io.signalbox.shop.rpc.RpcNeighbours;
import io.signalbox.shop.rpc.RpcPort;
import io.signalbox.shop.service.Bank;
import io.signalbox.shop.service.BankDoor;
import io.signalbox.shop.service.Duty;
import io.signalbox.shop.service.Staffing.Post;
import io.signalbox.shop.service.Ways;
import io.signalbox.shop.service.Workplace;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.AppPort;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.MeshClient;
import io.signalbox.shop.web.Neighbours;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Pause;
import io.signalbox.shop.web.Port;
import io.signalbox.shop.web.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Instances of the shop in this process: each with a port, and all but the bank with a sidecar. */
public final class LocalCrew implements Crew {

    private static final String BANK = "bank";

    private final Joining mesh;
    private final AppHost host;
    private final MeshClient client;
    private final Saboteur saboteur;
    private final long seed;
    private final Pause pause;
    private final Map<String, Port> places = new ConcurrentHashMap<>();
    private final Map<String, MeshMember> members = new ConcurrentHashMap<>();
    private final Queue<Ways> waysOut = new ConcurrentLinkedQueue<>();

    /** @param saboteur carries out the faults that are on, as it learns by itself */
    public LocalCrew(Joining mesh, AppHost host, MeshClient client, Saboteur saboteur, long seed, Pause pause) {
        this.mesh = mesh;
        this.host = host;
        this.client = client;
        this.saboteur = saboteur;
        this.seed = seed;
        this.pause = pause;
    }

    @Override
    public void openBank(Instant now) {
        String instance = BANK + "-1";
        AppPort port = host.reserve(instance);
        places.put(instance, port);
        Chance chance = Chance.of(seed, instance);
        Bank bank = new Bank(new Pace(chance, pause));
        port.serve(new BankDoor(saboteur.around(BANK, "v1", bank, chance)));
        Map<String, String> metadata = Map.of("version", "v1", "kind", "external", "health_path", "/health");
        mesh.registerExternal(new ServiceInstance(
                BANK, instance, "127.0.0.1", port.number(), Protocol.HTTP, metadata, Health.HEALTHY, now, now));
    }

    @Override
    public void open(List<Post> posts) {
        InParallel.each(posts, this::open);
    }

    private void open(Post post) {
        Chance chance = Chance.of(seed, post.instance());
        Pace pace = new Pace(chance, pause);
        switch (post.duty()) {
            case Duty.Web web -> open(post, web, chance, pace);
            case Duty.Rpc rpc -> {
                ServerServiceDefinition service = saboteur.around(post.instance(), rpc.at(pace), chance);
                join(post, RpcPort.open(post.instance(), service, host.calls()), Protocol.GRPC);
            }
            case Duty.Lines lines -> {
                LineService service = saboteur.around(post.service(), lines.at(pace), chance);
                join(post, LinePort.open(post.instance(), service, host.calls()), Protocol.TCP);
            }
        }
    }

    private void open(Post post, Duty.Web duty, Chance chance, Pace pace) {
        AppPort port = host.reserve(post.instance());
        MeshMember member = join(post, port, Protocol.HTTP);
        Ways ways = new Ways(
                new Neighbours(client, member.outbound()),
                new RpcNeighbours(member.outbound(), host.calls()),
                new LineNeighbours(Dialler.by(member::tcpAddress)));
        waysOut.add(ways);
        Site site = duty.at(new Workplace(post.service(), post.version(), post.instance(), ways, pace), chance);
        port.serve(site.with(saboteur.around(post.service(), post.version(), site.application(), chance)));
    }

    private MeshMember join(Post post, Port port, Protocol protocol) {
        places.put(post.instance(), port);
        MemberSpec spec = MemberSpec.service(post.service(), post.version(), post.instance(), port.number())
                .speaking(protocol);
        for (String dialled : post.dials()) {
            spec = spec.calling(dialled);
        }
        MeshMember member = mesh.join(spec);
        members.put(post.instance(), member);
        return member;
    }

    /** The load that begins slowly settles one process. */
    @Override
    public Duration settling() {
        return Duration.ZERO;
    }

    @Override
    public void faultSwitched(PlantedFault fault, Switch position) {}

    @Override
    public void switchTo(String instance, Switch position) {
        Port port = places.get(instance);
        if (port == null) {
            throw new UnknownNameException("instance", instance, places.keySet());
        }
        port.switchTo(position);
    }

    @Override
    public RunState runState(String instance) {
        Port port = places.get(instance);
        if (port == null) {
            return RunState.NOT_MANAGED;
        }
        return switch (port.position()) {
            case ON -> RunState.RUNNING;
            case OFF -> RunState.STOPPED;
        };
    }

    /** Ends what the instances keep open, lets the sidecars leave the mesh, and closes the ports. */
    @Override
    public void close() {
        waysOut.forEach(Ways::close);
        InParallel.each(List.copyOf(members.values()), MeshMember::close);
        places.values().forEach(Port::close);
    }
}
