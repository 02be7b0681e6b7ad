using IotMqtt.Orchestrator.Cli;

return await CliProgram.RunAsync(args, CliContext.OfProcess());
