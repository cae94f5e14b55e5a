package io.signalbox.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.signalbox.mesh.store.SharedStore;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.StoreModule;
import io.signalbox.mesh.time.Ticker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/**
 * etcd 3.4 or newer, by its own protocol.
 *
 * <p>jetcd neither waits for a connection nor tries again: what a call that was given up asked for must not happen later.
 * {@link EtcdCalls} does both.
 */
public final class EtcdModule implements StoreModule {

    /** etcd hangs up on who asks whether it is there more than every 5 s. */
    private static final String FLIGHT_RECORDER = "io.netty.jfr.enabled";

    private static final Duration STILL_THERE = Duration.ofSeconds(6);

    private static final Duration CONNECTED = Duration.ofSeconds(1);
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    /** Retries are told of by what they end in; held here, or it would be forgotten. */
    private static final Logger CALLS = Logger.getLogger("io.etcd.jetcd.impl");

    @Override
    public String name() {
        return "etcd";
    }

    @Override
    public Store open(SharedStore where, Ticker ticker) {
        CALLS.setLevel(Level.SEVERE);
        // Netty would start the flight recorder, to tell it of each buffer: a tenth of a start.
        if (System.getProperty(FLIGHT_RECORDER) == null) {
            System.setProperty(FLIGHT_RECORDER, "false");
        }
        EtcdStore store = new EtcdStore(client(where), new Keyspace(where.prefix()), ticker);
        try {
            long _ = store.revision();
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    static Client client(SharedStore where) {
        ClientBuilder builder = Client.builder()
                .endpoints(where.endpoints().toArray(URI[]::new))
                .maxInboundMessageSize(LONGEST_ANSWER)
                .connectTimeout(CONNECTED)
                .keepaliveTime(STILL_THERE)
                .keepaliveTimeout(Duration.ofSeconds(3))
                .keepaliveWithoutCalls(true)
                .loadBalancerPolicy("round_robin")
                .waitForReady(false)
                .retryMaxAttempts(0)
                .interceptor(new Deadline());
        where.login().ifPresent(login -> builder.user(bytes(login.name())).password(bytes(login.password())));
        if (where.encrypted()) {
            encrypt(builder, where);
        }
        return builder.build();
    }

    private static void encrypt(ClientBuilder builder, SharedStore where) {
        try {
            builder.sslContext(tls -> {
                where.authority().ifPresent(roots -> tls.trustManager(roots.toFile()));
                where.certificate()
                        .ifPresent(shown -> tls.keyManager(
                                shown.chain().toFile(), shown.key().toFile()));
            });
        } catch (SSLException | IllegalArgumentException e) {
            throw new StoreException(
                    "store: etcd (expected: PEM files of certificates and an unencrypted PKCS #8 key)", e);
        }
    }

    /** Ends each call that is not a stream with its try. */
    private static final class Deadline implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            boolean unary = method.getType() == MethodDescriptor.MethodType.UNARY;
            return next.newCall(
                    method,
                    unary ? options.withDeadlineAfter(EtcdCalls.ONE_TRY.toNanos(), TimeUnit.NANOSECONDS) : options);
        }
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
