package io.signalbox.shop;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.runtime.MemberSpec;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.runtime.MeshMember;
import io.signalbox.mesh.scenario.Scenario;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.AppPort;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Routes calls by name straight to the applications' ports, taking turns; nothing else of a mesh is there.
 *
 * <p>HTTP/1.1 is routed call by call. A connection that begins with HTTP/2's preface is joined to pricing, the only gRPC
 * service, one that begins with {@code GET /live} to the storefront, and TCP to the service that is dialled.
 */
public final class DirectMesh implements Mesh {

    private static final Set<String> NOT_FORWARDED = Set.of("host", "content-length", "connection", "x-target-service");

    private final AppHost host = new AppHost();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, List<Integer>> ports = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final MeshConnection connection;
    private final Queue<Splice> splices = new ConcurrentLinkedQueue<>();
    private final Queue<Map<String, String>> headersSeen = new ConcurrentLinkedQueue<>();
    final List<String> policies = new CopyOnWriteArrayList<>();
    final Set<String> left = ConcurrentHashMap.newKeySet();
    volatile @Nullable Scenario scenario;

    public DirectMesh(MeshConnection connection) {
        this.connection = connection;
    }

    public DirectMesh() {
        this(FixedConnection.idle());
    }

    @Override
    public MeshMember join(MemberSpec spec) {
        AppPort outbound = host.reserve("outbound-" + spec.instanceId());
        outbound.serve(call -> forward(call, spec.defaultService().orElse("")));
        spec.appPort().ifPresent(port -> register(spec.service(), port));
        Splice front = splice(Splice.Kind.PEEKING, beginning -> switch (beginning) {
            case "PRI * HTT" -> inTurn("pricing");
            case "GET /live" -> inTurn("storefront");
            default -> List.of(outbound.number());
        });
        Map<String, Splice> tcp = spec.tcp().stream()
                .collect(Collectors.toMap(
                        Function.identity(), service -> splice(Splice.Kind.BLIND, _ -> inTurn(service))));
        return new Member(spec.service(), spec.instanceId(), URI.create("http://127.0.0.1:" + front.port()), tcp);
    }

    private Splice splice(Splice.Kind kind, Function<String, List<Integer>> targets) {
        Splice splice = new Splice(kind, targets);
        splices.add(splice);
        return splice;
    }

    @Override
    public void registerExternal(ServiceInstance instance) {
        register(instance.serviceName(), instance.port());
    }

    @Override
    public void applyPolicy(String yaml) {
        policies.add(yaml);
    }

    @Override
    public void attach(Scenario newScenario) {
        scenario = newScenario;
    }

    @Override
    public MeshConnection connection() {
        return connection;
    }

    @Override
    public URI controlPlane() {
        return URI.create("http://127.0.0.1:9");
    }

    @Override
    public Path tokenFile() {
        return Path.of("token");
    }

    @Override
    public void close() {
        splices.forEach(Splice::close);
        host.close();
        client.close();
    }

    /** The headers of every call forwarded so far, with the service called under {@code to}. */
    List<Map<String, String>> headersSeen() {
        return List.copyOf(headersSeen);
    }

    private void register(String service, int port) {
        ports.computeIfAbsent(service, _ -> new CopyOnWriteArrayList<>()).add(port);
    }

    private Reply forward(Call call, String defaultService) {
        String service = call.headers().getOrDefault("x-target-service", defaultService);
        headersSeen.add(with(call.headers(), service));
        for (int port : inTurn(service)) {
            try {
                return send(call, port);
            } catch (IOException refused) {
                // the next instance has its turn
            }
        }
        return Reply.problem(503, "no instance of " + service + " answers");
    }

    /** Every instance's port, another one first each time. */
    private List<Integer> inTurn(String service) {
        List<Integer> all = new ArrayList<>(ports.getOrDefault(service, List.of()));
        Collections.rotate(all, turn.getAndIncrement());
        return all;
    }

    private static Map<String, String> with(Map<String, String> headers, String service) {
        Map<String, String> seen = new ConcurrentHashMap<>(headers);
        seen.put("to", service);
        return seen;
    }

    private Reply send(Call call, int port) throws IOException {
        String query = call.query().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + call.path() + (query.isEmpty() ? "" : "?" + query)))
                .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach((name, value) -> {
            if (!NOT_FORWARDED.contains(name)) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Reply reply = new Reply(
                    answer.statusCode(),
                    answer.headers().firstValue("content-type").orElse("text/plain"),
                    Map.of(),
                    answer.body());
            return answer.headers()
                    .firstValue("set-cookie")
                    .map(cookie -> reply.withHeader("set-cookie", cookie))
                    .orElse(reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private final class Member implements MeshMember {
        private final String service;
        private final String instanceId;
        private final URI outbound;
        private final Map<String, Splice> tcp;

        Member(String service, String instanceId, URI outbound, Map<String, Splice> tcp) {
            this.service = service;
            this.instanceId = instanceId;
            this.outbound = outbound;
            this.tcp = tcp;
        }

        @Override
        public String service() {
            return service;
        }

        @Override
        public String instanceId() {
            return instanceId;
        }

        @Override
        public URI outbound() {
            return outbound;
        }

        @Override
        public InetSocketAddress tcpAddress(String called) {
            return Objects.requireNonNull(tcp.get(called)).address();
        }

        @Override
        public URI admin() {
            return outbound;
        }

        @Override
        public void close() {
            left.add(instanceId);
        }
    }
}
