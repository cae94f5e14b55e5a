package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.Mail;
import io.signalbox.shop.service.Message.Queued;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Takes mails to send; a sample shop has nowhere to send them, so it counts them. */
final class Mailer implements Application {

    private static final Duration WORK = Duration.ofMillis(4);

    private final Workplace workplace;
    private final AtomicLong mails = new AtomicLong();

    Mailer(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("POST") || !call.path().equals("/mails")) {
            throw Workplace.unknown(call);
        }
        call.body(Mail.class);
        workplace.pace().work(WORK);
        return Reply.json(202, new Queued("m-" + mails.incrementAndGet()));
    }
}
