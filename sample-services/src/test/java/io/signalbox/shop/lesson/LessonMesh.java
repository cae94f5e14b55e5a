package io.signalbox.shop.lesson;

import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.runtime.LocalMesh;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.runtime.MeshOptions;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.CornerShop;
import io.signalbox.shop.CornerShopOptions;
import io.signalbox.shop.load.LoadProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The shop in a real mesh without load, and what a person does in a lesson. */
final class LessonMesh implements AutoCloseable {

    private static final ChangeNote TEST = new ChangeNote("test", "");

    final MeshConnection connection;
    private final Mesh mesh;
    private final CornerShop shop;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    LessonMesh(Path folder) {
        mesh = LocalMesh.start(new MeshOptions("lessons", 0), new RunningMeshes(folder));
        connection = mesh.connection();
        shop = CornerShop.open(
                mesh, new CornerShopOptions(11, 0, LoadProfile.CALM), Ticker.system(), InstantSource.system());
    }

    void switchOn(String fault) {
        connection.switchFault(fault, Switch.ON, TEST);
    }

    /** Switches it off and lets no circuit remember it. */
    void switchOff(String fault) {
        connection.switchFault(fault, Switch.OFF, TEST);
        connection.snapshot().edges().stream()
                .filter(edge -> edge.circuits() > 0)
                .forEach(edge -> connection.commandBreaker(edge.id().toString(), BreakerCommand.RESET, TEST));
    }

    void mend(String fault) {
        PolicyFormat.readAll(fault(fault).mend()).forEach(policy -> put(PolicyFormat.yaml(policy)));
    }

    void put(String policy) {
        connection.putPolicy(policy, TEST);
    }

    FaultStatus fault(String name) {
        return Objects.requireNonNull(connection.snapshot().scenario()).faults().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Optional<EdgeStatus> edge(String from, String to) {
        return connection.snapshot().edges().stream()
                .filter(edge -> edge.id().equals(new EdgeId(from, to)))
                .findFirst();
    }

    /** Asks a service straight, as nobody in the shop does. */
    HttpResponse<String> ask(String service, String path, String... headers) {
        HttpRequest.Builder request = request(path).header("x-target-service", service);
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    /** Pays straight, past checkout; answers the status. */
    int pay(String order) {
        String payment = "{\"order\":\"" + order + "\",\"shopper\":\"mira\",\"amountCents\":100}";
        return send(request("/payments")
                        .header("x-target-service", "payment")
                        .POST(HttpRequest.BodyPublishers.ofString(payment))
                        .build())
                .statusCode();
    }

    /** A number in what the bank says of itself. */
    long bank(String field) {
        String statement = ask("bank", "/statement").body();
        return Long.parseLong(statement.replaceAll(".*\"" + field + "\":(\\d+).*", "$1"));
    }

    /** Puts something into the shopper's cart; answers the status. */
    int add(String shopper) {
        return post(shopper, "/cart/items", "{\"item\":\"pears\",\"quantity\":1}")
                .statusCode();
    }

    /** Fills a cart and checks out. */
    HttpResponse<String> checkOut(String shopper) {
        add(shopper);
        return post(shopper, "/checkout", "");
    }

    /** What the shop's front answers the shopper. */
    String see(String shopper, String path) {
        return send(request(path).header("x-shopper-id", shopper).build()).body();
    }

    private HttpResponse<String> post(String shopper, String path, String body) {
        return send(request(path)
                .header("x-shopper-id", shopper)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(shop.entry().resolve(path));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** So many at once, each told its number. */
    <T> List<Future<T>> atOnce(int many, IntFunction<T> work) {
        return IntStream.range(0, many)
                .mapToObj(number -> threads.submit(() -> work.apply(number)))
                .toList();
    }

    static <T> List<T> all(List<Future<T>> futures) {
        return futures.stream().map(LessonMesh::result).toList();
    }

    /** What all sidecars together have tried again to call a service, since the start. */
    double retries(String service) {
        URI metrics = mesh.controlPlane().resolve("/metrics");
        return send(HttpRequest.newBuilder(metrics).build())
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("signalbox_retries_total") && line.contains("destination=\"" + service + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    static void eventually(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(holds);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
        shop.close();
        connection.close();
        mesh.close();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
