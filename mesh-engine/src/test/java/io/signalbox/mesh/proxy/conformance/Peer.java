package io.signalbox.mesh.proxy.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server of the real world as a process beside the tests, which tells in each answer what it understood. */
final class Peer implements AutoCloseable {

    private final Process process;
    private final int port;
    private final @Nullable EchoServer behind;

    private Peer(Process process, int port, @Nullable EchoServer behind) {
        this.process = process;
        this.port = port;
        this.behind = behind;
    }

    /** Where a program is; empty when it is not on the path. */
    static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Peer node(Path program, Path folder) throws IOException {
        Path script = folder.resolve("echo.js");
        try (InputStream source = Peer.class.getResourceAsStream("echo.js")) {
            Files.write(script, source.readAllBytes());
        }
        Process process = new ProcessBuilder(program.toString(), script.toString())
                .redirectError(folder.resolve("node.log").toFile())
                .start();
        BufferedReader said = process.inputReader();
        String port = said.readLine();
        if (port == null) {
            throw new IOException("node does not start: " + Files.readString(folder.resolve("node.log")));
        }
        return new Peer(process, Integer.parseInt(port), null);
    }

    /** nginx passes on what it understood, body and all, to a server of ours that tells. */
    static Peer nginx(Path program, Path folder) throws IOException, InterruptedException {
        EchoServer behind = new EchoServer();
        int port = freePort();
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, """
            %s
            worker_processes 1; daemon off; pid %2$s/nginx.pid; error_log %2$s/nginx.log crit;
            events { worker_connections 1024; }
            http {
                client_body_temp_path %2$s/body; proxy_temp_path %2$s/proxy; fastcgi_temp_path %2$s/fastcgi;
                uwsgi_temp_path %2$s/uwsgi; scgi_temp_path %2$s/scgi;
                access_log off; tcp_nodelay on; keepalive_requests 1000000000; keepalive_timeout 600s;
                underscores_in_headers on; ignore_invalid_headers off;
                client_max_body_size 0; client_body_buffer_size 1m; large_client_header_buffers 8 64k;
                upstream behind { server 127.0.0.1:%3$d; keepalive 16; keepalive_requests 1000000000; }
                server {
                    listen 127.0.0.1:%4$d;
                    location / {
                        proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection "";
                        proxy_set_header Host behind; proxy_buffer_size 64k; proxy_buffers 8 64k;
                        proxy_busy_buffers_size 128k; proxy_next_upstream off;
                    }
                }
            }
            """.formatted(
                System.getProperty("user.name").equals("root") ? "user root;" : "", folder, behind.port(), port));
        Process process = new ProcessBuilder(
                        program.toString(), "-e", "stderr", "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        awaitPort(process, port, folder.resolve("nginx.out"));
        return new Peer(process, port, behind);
    }

    int port() {
        return port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(Process process, int port, Path output) throws IOException, InterruptedException {
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                // Not yet.
            }
        }
        throw new IOException("nginx does not start: " + Files.readString(output, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (behind != null) {
            behind.close();
        }
    }
}
