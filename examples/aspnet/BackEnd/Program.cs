using Acme.BackEnd;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Units>();
builder.Services.AddHostedService(services => services.GetRequiredService<Units>());
var app = builder.Build();

app.MapPost("/units/{serial}/reboot", async (string serial, Units units, CancellationToken cancellationToken) =>
    await units.RebootAsync(serial, cancellationToken) switch
    {
        true => Results.Ok(new { serial, rebooted = true }),
        false => Results.Problem("the unit refused", statusCode: StatusCodes.Status409Conflict),
        null => Results.Problem("the unit does not answer", statusCode: StatusCodes.Status504GatewayTimeout),
    });

app.Run();

/// <summary>For WebApplicationFactory.</summary>
public partial class Program;
