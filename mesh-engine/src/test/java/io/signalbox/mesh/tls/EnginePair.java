package io.signalbox.mesh.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A client's and a server's engine joined in memory, without sockets. */
final class EnginePair {

    private static final int ROUNDS = 100;

    private final Side client;
    private final Side server;

    EnginePair(SSLEngine client, SSLEngine server) {
        this.client = new Side(client);
        this.server = new Side(server);
    }

    /** Shakes hands and sends a word each way, so that both sides have checked the other; throws what either throws. */
    void talk() throws SSLException {
        client.say("ping");
        server.say("pong");
        for (int round = 0; round < ROUNDS && !(server.heard("ping") && client.heard("pong")); round++) {
            client.step(server.inbound);
            server.step(client.inbound);
        }
        if (!server.heard("ping") || !client.heard("pong")) {
            throw new SSLException("The two sides did not come to talk");
        }
    }

    /** Sends a second word each way over the connection that is open. */
    void talkAgain() throws SSLException {
        client.heard.setLength(0);
        server.heard.setLength(0);
        talk();
    }

    private static final class Side {
        private final SSLEngine engine;
        private final ByteBuffer inbound;
        private final ByteBuffer plain;
        private final StringBuilder heard = new StringBuilder();
        private ByteBuffer outgoing = ByteBuffer.allocate(0);

        Side(SSLEngine engine) {
            this.engine = engine;
            inbound = ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize());
            plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        }

        void say(String word) {
            outgoing = ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII));
        }

        boolean heard(String word) {
            return heard.toString().equals(word);
        }

        void step(ByteBuffer peer) throws SSLException {
            receive();
            send(peer);
        }

        private void receive() throws SSLException {
            inbound.flip();
            while (inbound.hasRemaining()) {
                SSLEngineResult result = engine.unwrap(inbound, plain);
                plain.flip();
                heard.append(StandardCharsets.US_ASCII.decode(plain));
                plain.clear();
                runTasks();
                if (result.getStatus() != SSLEngineResult.Status.OK
                        || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    break;
                }
            }
            inbound.compact();
        }

        private void send(ByteBuffer peer) throws SSLException {
            SSLEngineResult result;
            do {
                result = engine.wrap(outgoing, peer);
                runTasks();
            } while (result.bytesProduced() > 0
                    && (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || outgoing.hasRemaining()));
        }

        private void runTasks() {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        }
    }
}
