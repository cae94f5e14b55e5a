package io.signalbox.shop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.runtime.MemberSpec;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.runtime.MeshMember;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.fault.FaultBoard;
import io.signalbox.shop.fault.PlantedFault;
import io.signalbox.shop.fault.PlantedPolicies;
import io.signalbox.shop.fault.Saboteur;
import io.signalbox.shop.load.LiveAudience;
import io.signalbox.shop.load.LiveReport;
import io.signalbox.shop.load.LoadGenerator;
import io.signalbox.shop.load.LoadReport;
import io.signalbox.shop.rpc.RpcNeighbours;
import io.signalbox.shop.service.BackRoom;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.service.Staffing;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.MeshClient;
import io.signalbox.shop.web.Pause;
import io.signalbox.shop.web.ShopperClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/**
 * The demo shop, open for business in a mesh: twenty-two instances of ten services, a bank outside, and shoppers.
 *
 * <p>Every instance serves on a loopback port of its own and calls the others through its sidecar. Safe from any
 * thread.
 */
public final class CornerShop implements Scenario, AutoCloseable {

    /** The highest load that can be asked for. */
    public static final double MAX_REQUESTS_PER_SECOND = LoadGenerator.MAX_REQUESTS_PER_SECOND;

    private static final String NAME = "corner-shop";

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final long seed;
    private final FaultBoard faults;
    private final PlantedPolicies policies;

    /** Of which an instance may not know how they stand. */
    @GuardedBy("policies")
    private final Set<PlantedFault> untold = EnumSet.noneOf(PlantedFault.class);

    private final Crew crew;
    private final LoadGenerator load;
    private final LiveAudience audience;
    private final URI entry;

    private CornerShop(Mesh mesh, CornerShopOptions options, Ticker ticker, InstantSource clock) {
        seed = options.seed();
        faults = new FaultBoard(clock);
        Thread.ofVirtual().name("shop-opening-rpc").start(RpcNeighbours::prepare);
        try {
            AppHost host = opened(new AppHost());
            MeshClient client = opened(new MeshClient(host.threads()));
            Pause pause = Pause.system();
            Range range = Range.load();
            crew = opened(
                    mesh instanceof ShopMesh own
                            ? own.crew(seed)
                            : new LocalCrew(mesh, host, client, new Saboteur(faults, pause), seed, pause));
            crew.openBank(clock.instant());
            Policies.all().forEach(mesh::applyPolicy);
            policies = new PlantedPolicies(opened(mesh.connection()));
            crew.open(new Staffing(
                            range, BackRoom.inMemory(range), clock, pause, () -> !faults.isOn(PlantedFault.LOST_CARTS))
                    .posts());
            MeshMember door = opened(mesh.join(MemberSpec.client("shoppers", "shoppers-1", "storefront")));
            entry = door.outbound();
            ShopperClient shoppers = new ShopperClient(client, entry);
            new Opening(shoppers, range, ticker).makeRounds(crew.settling());
            load = opened(new LoadGenerator(shoppers, options.profile(), seed, range, ticker));
            audience = opened(new LiveAudience(shoppers, range.categories(), pause));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Opens the shop in that mesh: starts what runs in it, and once everything answers, its load. */
    public static CornerShop open(Mesh mesh, CornerShopOptions options, Ticker ticker, InstantSource clock) {
        CornerShop shop = new CornerShop(mesh, options, ticker, clock);
        try {
            mesh.attach(shop);
            shop.load.start(options.requestsPerSecond());
            shop.audience.start();
        } catch (RuntimeException e) {
            try {
                shop.close();
            } catch (RuntimeException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
        return shop;
    }

    /** Where a person reaches the shop the way its shoppers do: {@code curl ENTRY/}. */
    public URI entry() {
        return entry;
    }

    /** What the shoppers saw since the start. */
    public LoadReport load() {
        return load.report();
    }

    /** What the shoppers who listen to the shop's live news were told since the start. */
    public LiveReport audience() {
        return audience.report();
    }

    /** Pauses the load, and waits up to five seconds for the answers still due. */
    public void drain() {
        load.drain();
    }

    @Override
    public ScenarioStatus status() {
        return new ScenarioStatus(NAME, seed, faults.statuses(), load.report().status());
    }

    @Override
    public void switchFault(String fault, Switch position) {
        PlantedFault planted = FaultBoard.named(fault);
        // Held while policies are put in force, so that two who switch the same fault do not plant it twice. Nothing
        // that the control plane does with a policy waits for this lock.
        synchronized (policies) {
            if (faults.isOn(planted) == (position == Switch.ON)) {
                if (untold.contains(planted)) {
                    tellCrew(planted, position);
                }
                return;
            }
            String remark = switch (position) {
                case ON -> policies.plant(planted);
                case OFF -> policies.lift(planted);
            };
            faults.switchTo(planted, position, remark);
            tellCrew(planted, position);
        }
    }

    @GuardedBy("policies")
    private void tellCrew(PlantedFault planted, Switch position) {
        untold.add(planted);
        crew.faultSwitched(planted, position);
        untold.remove(planted);
    }

    @Override
    public void setLoad(double requestsPerSecond) {
        load.setRate(requestsPerSecond);
    }

    @Override
    public void switchInstance(String instance, Switch position) {
        crew.switchTo(instance, position);
    }

    @Override
    public RunState runState(String instance) {
        return crew.runState(instance);
    }

    /** Stops the load, lets the members leave the mesh, and closes every port; the mesh itself goes on. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (AutoCloseable next = toClose.pollLast(); next != null; next = toClose.pollLast()) {
            try {
                next.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("Corner Shop did not close", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        toClose.addLast(part);
        return part;
    }
}
