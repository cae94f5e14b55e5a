package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.BadMessage;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read the head of a request that is there whole. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HeadBenchmark {

    private static final String SHORT = """
        GET /tea HTTP/1.1
        Host: 127.0.0.1:15001
        X-User-Type: regular

        """;

    private static final String BROWSER = """
        GET /items/42?category=tea&page=2 HTTP/1.1
        Host: catalog
        User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
        Accept-Language: en-US,en;q=0.5
        Accept-Encoding: gzip, deflate, br, zstd
        Referer: http://storefront/items?category=tea
        Cookie: session=5f1d3c0b9a7e4c2d8f6b1a0e3d5c7f90; theme=dark; seen=17
        X-Request-ID: 0b6c6a5e-56a9-4b9e-b1de-0b0f9b3a7c11
        traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
        Cache-Control: no-cache

        """;

    @Param({"short", "browser"})
    public String head = "short";

    private final RequestReader reader = new RequestReader(new FieldLines());
    private byte[] bytes = {};

    @Setup
    public void build() {
        bytes = (head.equals("short") ? SHORT : BROWSER).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public RequestMessage read() throws BadMessage {
        return reader.read(bytes, 0, bytes.length);
    }
}
