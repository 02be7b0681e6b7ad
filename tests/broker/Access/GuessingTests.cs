using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Access;

public sealed class GuessingTests : BrokerTest
{
    protected override BrokerOptions Options => new() { Port = 0, Username = "ann", Password = "right", MaxFailedLogins = 3 };

    [Fact]
    public async Task Who_guesses_is_refused_unheard_and_it_is_said_once_and_nobody_else_suffers()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0x86, await AnswerAsync($"guess{i}", "127.0.0.1"));
        }

        Assert.Equal(0x9F, await AnswerAsync("right", "127.0.0.1"));
        Assert.Equal(0x9F, await AnswerAsync("right", "127.0.0.1"));
        Assert.Equal(0, await AnswerAsync("right", "127.0.0.2"));
        Assert.Equal((3, 1), (Log.Entries.Count(entry => entry.EventId == 1203), Log.Entries.Count(entry => entry.EventId == 1204)));
    }

    private async Task<int> AnswerAsync(string password, string from)
    {
        var peer = Raw(from);
        await peer.SendAsync(Packets.Connect5("c", [], 0xC2, [.. Packets.Text("ann"), .. Packets.Text(password)]));
        return (await peer.ReceivePacketAsync())[3];
    }
}
