package io.signalbox.shop.process;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.runtime.MemberSpec;
import io.signalbox.mesh.runtime.MeshMember;
import io.signalbox.mesh.runtime.RegisteredInstance;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.Crew;
import io.signalbox.shop.ShopMesh;
import io.signalbox.shop.service.BackRoom;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.AppPort;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A mesh of processes: one for its control plane, one for each instance with its sidecar, and one for the sidecar of the
 * shoppers. This process starts them, starts again what dies, and keeps what instances share. Safe from any thread.
 *
 * <p>Each is told what it is by its standard input and ends with that, so none outlives this process.
 */
public final class ProcessMesh implements ShopMesh {

    private static final ChangeNote AT_START = new ChangeNote("start", "");
    private static final String LOG = ".log";

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Program program;
    private final Path folder;
    private final Ticker ticker;
    private final AccessToken secret = AccessToken.generate(new SecureRandom());
    private final AppPort backRoom;
    private final URI controlPlane;
    private final Path tokenFile;
    private final MeshConnection connection;
    private final KeptProcess controlPlaneProcess;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Scenario> scenario = new AtomicReference<>();
    private final AtomicReference<@Nullable ProcessCrew> crew = new AtomicReference<>();

    private ProcessMesh(Program program, String name, int controlPort, Path folder, Ticker ticker) {
        this.program = program;
        this.folder = folder;
        this.ticker = ticker;
        try {
            AppHost host = opened(new AppHost());
            backRoom = opened(host.reserve("back-room"));
            backRoom.serve(new ScenarioDoor(
                    secret,
                    this::requireScenario,
                    this::runStates,
                    BackRoom.inMemory(Range.load()).door()));
            AtomicInteger port = new AtomicInteger(controlPort);
            controlPlaneProcess = opened(new KeptProcess(
                    "control-plane",
                    () -> child("control-plane", task(Task.Part.CONTROL_PLANE, name, 0, port.get(), "")),
                    ticker));
            Map<String, String> places = controlPlaneProcess.start();
            controlPlane = URI.create(place(places, ControlPlaneRole.URL));
            port.set(controlPlane.getPort());
            tokenFile = Path.of(place(places, ControlPlaneRole.TOKEN_FILE));
            connection = opened(connection());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the control plane.
     *
     * @param mainClass of the program, which runs {@link ShopProcess} when its first argument is its word
     * @param controlPort where the control plane listens on loopback; 0 takes any free one
     */
    public static ProcessMesh start(
            String mainClass, Map<String, String> environment, Path home, String name, int controlPort) {
        Path folder = RunFolder.fresh(
                RunFolder.ofUser(environment, home), ProcessHandle.current().pid());
        return new ProcessMesh(Program.current(mainClass, environment), name, controlPort, folder, Ticker.system());
    }

    /** That of the shoppers alone; instances are the crew's. */
    @Override
    public MeshMember join(MemberSpec spec) {
        InvalidValueException.unless(
                spec.equals(ShoppersRole.spec(spec.instanceId())),
                "member",
                spec.instanceId(),
                "a sidecar of the shoppers");
        AtomicInteger port = new AtomicInteger();
        KeptProcess kept = new KeptProcess(
                spec.instanceId(),
                () -> child(
                        spec.instanceId(),
                        task(Task.Part.SHOPPERS, spec.instanceId(), 0, port.get(), token(spec.service()))),
                ticker);
        Map<String, String> places;
        try {
            places = kept.start();
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
        URI entry = URI.create(place(places, ShoppersRole.ENTRY));
        // Shoppers know it by this address, so one that follows it listens there again.
        port.set(entry.getPort());
        return new DistantMember(
                spec.service(), spec.instanceId(), entry, URI.create(place(places, ShoppersRole.ADMIN)), kept);
    }

    @Override
    public void registerExternal(ServiceInstance instance) {
        opened(RegisteredInstance.start(
                List.of(controlPlane), AccessToken.of(token(instance.serviceName())), instance));
    }

    @Override
    public void applyPolicy(String yaml) {
        connection.putPolicy(yaml, AT_START);
    }

    @Override
    public void attach(Scenario demo) {
        scenario.set(demo);
        controlPlaneProcess.order(ControlPlaneRole.ATTACH, ControlPlaneRole.ATTACH);
    }

    @Override
    public Crew crew(long seed) {
        ProcessCrew hired = new ProcessCrew(
                (service, instance) -> new KeptProcess(
                        instance,
                        () -> child(instance, task(Task.Part.INSTANCE, instance, seed, 0, token(service))),
                        ticker),
                Runtime.getRuntime().availableProcessors());
        crew.set(hired);
        return hired;
    }

    @Override
    public MeshConnection connection() {
        return new RemoteMesh(controlPlane, AccessToken.read(tokenFile), RandomGenerator.getDefault());
    }

    @Override
    public URI controlPlane() {
        return controlPlane;
    }

    @Override
    public Path tokenFile() {
        return tokenFile;
    }

    @Override
    public void close() {
        Closing.all(toClose);
    }

    private Child child(String name, Task task) {
        return Child.start(program, task, folder.resolve(name + LOG));
    }

    private Task task(Task.Part part, String name, long seed, int port, String token) {
        boolean first = part == Task.Part.CONTROL_PLANE;
        return new Task(
                part,
                name,
                seed,
                port,
                folder.resolve(first ? "control-plane" : "sidecars").toString(),
                first ? List.of() : List.of(controlPlane.toString()),
                token,
                "http://127.0.0.1:" + backRoom.number(),
                secret.text());
    }

    /** By which the processes of that service register, and get their certificates while the demo lasts. */
    private String token(String service) {
        return tokens.computeIfAbsent(
                service,
                name -> connection
                        .trust()
                        .createToken(
                                new TokenRequest(
                                        Optional.of(name + "-of-the-demo"),
                                        new TokenScope.Sidecar(name),
                                        Duration.ofDays(365),
                                        TokenInfo.Uses.MANY),
                                AT_START)
                        .token());
    }

    private Scenario requireScenario() {
        return Optional.ofNullable(scenario.get())
                .orElseThrow(() -> new IllegalStateException("scenario: none attached yet"));
    }

    private Map<String, RunState> runStates() {
        return Optional.ofNullable(crew.get()).map(ProcessCrew::runStates).orElse(Map.of());
    }

    private static String place(Map<String, String> places, String word) {
        return Objects.requireNonNull(places.get(word), word);
    }

    private <T extends AutoCloseable> T opened(T part) {
        toClose.addLast(part);
        return part;
    }
}
